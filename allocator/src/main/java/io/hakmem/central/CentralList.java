package io.hakmem.central;

import io.hakmem.config.SizeClasses;
import io.hakmem.slab.BlockLinks;
import io.hakmem.slab.Segments;
import io.hakmem.slab.Slab;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The free blocks of one class that no thread caches. Thread-safe.
 *
 * <p>Blocks come and go in batches, and a batch stays as it came: adding or taking one is a few
 * words under the lock, whatever its length. Batches that nobody wanted for a while are sorted into
 * their slabs by {@link #collect}, and a slab that has all its blocks goes back to its segment.
 */
public final class CentralList {

  /** Blocks that are sorted under the lock at a time. */
  private static final int SORTED_AT_ONCE = 512;

  private static final int FIRST_BATCHES = 16;

  /** Batches of a class that have an index at a time; 8 KiB each at most. */
  private static final int MAX_INDICES = 16;

  private final int sizeClass;
  private final Segments segments;

  /**
   * Blocks of fresh memory that are enough for one batch: what a refill brings beyond the need
   * stays cached, and only what was never touched costs nothing. A batch that exists is taken
   * whole.
   */
  private final int maxCarved;

  private final ReentrantLock lock = new ReentrantLock();

  // Batch i has heads[i] and counts[i].
  // blocks = counts[0] + … + counts[batches - 1] + the collected blocks of all in collecting.
  private long[] heads = new long[FIRST_BATCHES];
  private int[] counts = new int[FIRST_BATCHES];
  private @Nullable BatchIndex[] indices = new @Nullable BatchIndex[FIRST_BATCHES];
  private int batches;
  private long blocks;

  private final ArrayDeque<BatchIndex> spareIndices = new ArrayDeque<>();
  private int indicesMade;

  /** Fewest batches since the last {@link #collect}: so many nobody wanted. */
  private int idleBatches;

  /** Slabs with collected blocks; a slab's position is its index here. */
  private final List<Slab> collecting = new ArrayList<>();

  private @Nullable Slab carving;

  public CentralList(int sizeClass, Segments segments) {
    this.sizeClass = sizeClass;
    this.segments = segments;
    this.maxCarved = SizeClasses.littleBlocks(sizeClass);
  }

  /** Adds {@code count} linked blocks, the first at base {@code head}. */
  public void add(long head, int count) {
    add(head, count, null);
  }

  /** The same with their index, which is the list's again. */
  void add(long head, int count, @Nullable BatchIndex index) {
    lock.lock();
    try {
      if (batches == heads.length) {
        heads = Arrays.copyOf(heads, 2 * batches);
        counts = Arrays.copyOf(counts, 2 * batches);
        indices = Arrays.copyOf(indices, 2 * batches);
      }
      heads[batches] = head;
      counts[batches] = count;
      indices[batches] = index;
      batches++;
      blocks += count;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes 1 to {@code wanted} blocks: those that came last, else those of a slab that has some,
   * else fresh ones.
   *
   * @param requested what the user asked for, to be named where it can't be had
   * @throws OutOfMemoryError beyond the limit, or when the operating system refuses
   */
  public Batch take(int wanted, long requested) {
    Batch batch = takeExisting(wanted);
    while (batch == null) {
      // Outside of the lock: a new segment may mean reclaiming first, which comes back here.
      Segments.NewSlab fresh = segments.newSlab(sizeClass, requested);
      batch = carveFresh(fresh, wanted);
    }
    BatchIndex index = batch.index();
    int count = Math.min(batch.count(), wanted);
    if (count < batch.count()) {
      long rest = index == null ? cut(batch.head(), count) : index.cut(count);
      add(rest, batch.count() - count);
    }
    if (index != null) {
      index.own(count);
      giveBack(index);
    }
    return new Batch(batch.head(), count, batch.source());
  }

  /** An index to be added with a batch, or given back; null if there are enough. */
  @Nullable BatchIndex index() {
    lock.lock();
    try {
      if (!spareIndices.isEmpty()) {
        return spareIndices.pop();
      }
      if (indicesMade == MAX_INDICES) {
        return null;
      }
      indicesMade++;
      return new BatchIndex((SizeClasses.maxCapacity(sizeClass) + 1) / 2);
    } finally {
      lock.unlock();
    }
  }

  void giveBack(BatchIndex index) {
    lock.lock();
    try {
      spareIndices.push(index);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Batch takeExisting(int wanted) {
    lock.lock();
    try {
      if (batches > 0) {
        batches--;
        idleBatches = Math.min(idleBatches, batches);
        blocks -= counts[batches];
        BatchIndex index = indices[batches];
        indices[batches] = null;
        return new Batch(heads[batches], counts[batches], Batch.CENTRAL, index);
      }
      if (!collecting.isEmpty()) {
        Slab slab = collecting.getLast();
        forget(slab);
        int count = slab.collected();
        blocks -= count;
        return new Batch(slab.takeCollected(), count, Batch.CENTRAL);
      }
      if (carving != null && carving.remaining() > 0) {
        return carve(carving, wanted, Batch.SLAB);
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Batch carveFresh(Segments.NewSlab fresh, int wanted) {
    lock.lock();
    try {
      Slab slab = fresh.slab();
      if (carving != null && carving.remaining() > 0) {
        // Somebody else was faster; what was fetched waits until its first blocks are wanted.
        segments.release(slab);
        return takeExisting(wanted);
      }
      carving = slab;
      return carve(slab, wanted, fresh.newSegment() ? Batch.OS : Batch.SEGMENT);
    } finally {
      lock.unlock();
    }
  }

  private Batch carve(Slab slab, int wanted, String source) {
    int count = Math.min(Math.min(wanted, maxCarved), slab.remaining());
    return new Batch(slab.carve(count), count, source);
  }

  /**
   * Sorts the blocks of batches that nobody wanted since the last call into their slabs, and gives
   * back the slabs that are complete.
   *
   * @param all whether to take every batch, wanted or not
   * @return whether there is more to collect later
   */
  public boolean collect(boolean all) {
    int idle = beginCollecting(all);
    for (int i = 0; i < idle; i++) {
      sort(takeOldest());
    }
    lock.lock();
    try {
      return batches > 0;
    } finally {
      lock.unlock();
    }
  }

  private int beginCollecting(boolean all) {
    lock.lock();
    try {
      int idle = all ? batches : Math.min(idleBatches, batches);
      idleBatches = batches - idle;
      return idle;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the batch that came first; those that came last are warm and wanted first. */
  private Batch takeOldest() {
    lock.lock();
    try {
      if (batches == 0) {
        return new Batch(0, 0, Batch.CENTRAL);
      }
      Batch oldest = new Batch(heads[0], counts[0], Batch.CENTRAL);
      BatchIndex index = indices[0];
      if (index != null) {
        spareIndices.push(index);
      }
      batches--;
      heads[0] = heads[batches];
      counts[0] = counts[batches];
      indices[0] = indices[batches];
      indices[batches] = null;
      idleBatches = Math.min(idleBatches, batches);
      blocks -= oldest.count();
      return oldest;
    } finally {
      lock.unlock();
    }
  }

  private void sort(Batch batch) {
    long base = batch.head();
    int left = batch.count();
    while (left > 0 && base != 0) {
      lock.lock();
      try {
        for (int i = 0; i < SORTED_AT_ONCE && left > 0 && base != 0; i++) {
          long next = BlockLinks.next(base);
          collectOne(base);
          base = next;
          left--;
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private void collectOne(long base) {
    Slab slab = segments.slabOf(base);
    if (slab.position() < 0) {
      slab.position(collecting.size());
      collecting.add(slab);
    }
    blocks++;
    if (slab.collect(base)) {
      forget(slab);
      blocks -= slab.collected();
      if (carving == slab) {
        carving = null;
      }
      segments.release(slab);
    }
  }

  private void forget(Slab slab) {
    Slab last = collecting.removeLast();
    if (last != slab) {
      collecting.set(slab.position(), last);
      last.position(slab.position());
    }
    slab.position(-1);
  }

  /**
   * Ends the list that starts at {@code head} after {@code length} blocks.
   *
   * @return base of the first block behind the cut; 0 if the list was damaged before it
   */
  public static long cut(long head, int length) {
    long last = head;
    for (int i = 1; i < length; i++) {
      long next = BlockLinks.next(last);
      if (next == 0) {
        return 0;
      }
      last = next;
    }
    long rest = BlockLinks.next(last);
    BlockLinks.link(last, 0);
    return rest;
  }

  /** Free blocks on this list now. */
  public long blocks() {
    lock.lock();
    try {
      return blocks;
    } finally {
      lock.unlock();
    }
  }
}
