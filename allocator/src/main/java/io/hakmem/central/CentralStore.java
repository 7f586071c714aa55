package io.hakmem.central;

import io.hakmem.config.SizeClasses;
import io.hakmem.slab.Segments;
import org.jspecify.annotations.Nullable;

/** The central lists of all classes and the segments under them. Thread-safe. */
public final class CentralStore {

  private final Segments segments;
  private final CentralList[] lists = new CentralList[SizeClasses.COUNT];
  private final Decay decay;
  private volatile boolean closed;

  /**
   * @param decayMillis how long free memory may wait, 0 for not at all, -1 for ever
   */
  public CentralStore(Segments segments, long decayMillis) {
    this.segments = segments;
    for (int sizeClass = 0; sizeClass < lists.length; sizeClass++) {
      lists[sizeClass] = new CentralList(sizeClass, segments);
    }
    decay = new Decay(this, decayMillis);
  }

  /**
   * See {@link CentralList#take}.
   *
   * @throws IllegalStateException after {@link #close}
   */
  public Batch take(int sizeClass, int wanted, long requested) {
    if (closed) {
      throw new IllegalStateException("the allocator is closed");
    }
    return lists[sizeClass].take(wanted, requested);
  }

  /** See {@link CentralList#add}; the memory may go back to the operating system after a while. */
  public void add(int sizeClass, long head, int count) {
    lists[sizeClass].add(head, count);
    decay.somethingFreed();
  }

  /** The same with the index of the blocks, see {@link #index}. */
  public void add(int sizeClass, long head, int count, BatchIndex index) {
    lists[sizeClass].add(head, count, index);
    decay.somethingFreed();
  }

  /** An index for a batch of a class that is going to be added; null if there are enough. */
  public @Nullable BatchIndex index(int sizeClass) {
    return lists[sizeClass].index();
  }

  /** Takes back an index that was not added. */
  public void giveBack(int sizeClass, BatchIndex index) {
    lists[sizeClass].giveBack(index);
  }

  /** Says that memory was freed beside the lists. */
  public void somethingFreed() {
    decay.somethingFreed();
  }

  /**
   * Gives free memory back to the operating system.
   *
   * @param all also what was in use a moment ago
   * @return whether something may be left for later
   */
  boolean reclaim(boolean all) {
    if (closed) {
      return false;
    }
    boolean more = false;
    for (CentralList list : lists) {
      more |= list.collect(all);
    }
    return segments.purge() > 0 || more;
  }

  /** Gives back all that is free now. */
  public void trim() {
    reclaim(true);
  }

  /** Id of the allocator, see {@link Segments#owner}. */
  public int owner() {
    return segments.owner();
  }

  /** Free blocks of a class that wait here. */
  public long blocks(int sizeClass) {
    return lists[sizeClass].blocks();
  }

  /** Ends the giving back; from now on nothing can be taken, and what is added is ignored. */
  public void close() {
    closed = true;
    decay.close();
  }
}
