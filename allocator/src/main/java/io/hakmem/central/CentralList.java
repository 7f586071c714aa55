package io.hakmem.central;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;

import io.hakmem.memory.RawMemory;
import io.hakmem.slab.Segments;
import io.hakmem.slab.Slab;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The free blocks of one class that no thread caches. Thread-safe.
 *
 * <p>Blocks come and go in batches, and a batch stays as it came: adding or taking one is a few
 * words under the lock, whatever its length. Splitting one happens outside.
 */
public final class CentralList {

  private final int sizeClass;
  private final Segments segments;
  private final ReentrantLock lock = new ReentrantLock();

  // Batch i has heads[i] and counts[i]; blocks = counts[0] + … + counts[batches - 1].
  private long[] heads = new long[16];
  private int[] counts = new int[16];
  private int batches;
  private long blocks;
  private @Nullable Slab slab;

  public CentralList(int sizeClass, Segments segments) {
    this.sizeClass = sizeClass;
    this.segments = segments;
  }

  /** Adds {@code count} linked blocks, the first at base {@code head}. */
  public void add(long head, int count) {
    lock.lock();
    try {
      if (batches == heads.length) {
        heads = Arrays.copyOf(heads, 2 * batches);
        counts = Arrays.copyOf(counts, 2 * batches);
      }
      heads[batches] = head;
      counts[batches] = count;
      batches++;
      blocks += count;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes 1 to {@code wanted} blocks: those that came last, else fresh ones of a slab.
   *
   * @throws OutOfMemoryError when the operating system refuses a new segment
   */
  public Batch take(int wanted) {
    long head;
    int count;
    lock.lock();
    try {
      if (batches == 0) {
        return carve(wanted);
      }
      batches--;
      head = heads[batches];
      count = counts[batches];
      blocks -= count;
    } finally {
      lock.unlock();
    }
    if (count > wanted) {
      add(cut(head, wanted), count - wanted);
      count = wanted;
    }
    return new Batch(head, count, Batch.CENTRAL);
  }

  private Batch carve(int wanted) {
    Slab current = slab;
    String source = Batch.SLAB;
    if (current == null || current.remaining() == 0) {
      Segments.NewSlab fresh = segments.newSlab(sizeClass);
      current = fresh.slab();
      slab = current;
      source = fresh.newSegment() ? Batch.OS : Batch.SEGMENT;
    }
    int count = Math.min(wanted, current.remaining());
    return new Batch(current.carve(count), count, source);
  }

  /**
   * Ends the list that starts at {@code head} after {@code length} blocks.
   *
   * @return base of the first block behind the cut
   */
  public static long cut(long head, int length) {
    long last = head;
    for (int i = 1; i < length; i++) {
      last = RawMemory.getLong(last + HEADER_BYTES);
    }
    long rest = RawMemory.getLong(last + HEADER_BYTES);
    RawMemory.putLong(last + HEADER_BYTES, 0);
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
