package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.SEGMENT_BYTES;
import static io.hakmem.config.BlockLayout.SLABS_PER_SEGMENT;
import static io.hakmem.config.BlockLayout.SLAB_BYTES;

import io.hakmem.memory.OsMemory;
import java.util.concurrent.locks.ReentrantLock;

/** Cuts segments into slabs. Thread-safe. */
public final class Segments {

  private final ReentrantLock lock = new ReentrantLock();
  private long segment;
  private int slabsUsed = SLABS_PER_SEGMENT;
  private long reservedBytes;

  /** A slab and whether a new segment had to be reserved for it. */
  public record NewSlab(Slab slab, boolean newSegment) {}

  /**
   * Takes the next slab for a class.
   *
   * @throws OutOfMemoryError when the operating system refuses a new segment
   */
  public NewSlab newSlab(int sizeClass) {
    lock.lock();
    try {
      boolean newSegment = slabsUsed == SLABS_PER_SEGMENT;
      if (newSegment) {
        segment = OsMemory.platform().reserve(SEGMENT_BYTES, SEGMENT_BYTES, "segment");
        reservedBytes += SEGMENT_BYTES;
        slabsUsed = 0;
      }
      int index = slabsUsed++;
      Slab slab = new Slab(sizeClass, segment + (long) index * SLAB_BYTES, index == 0);
      return new NewSlab(slab, newSegment);
    } finally {
      lock.unlock();
    }
  }

  /** Bytes reserved for segments so far. */
  public long reservedBytes() {
    lock.lock();
    try {
      return reservedBytes;
    } finally {
      lock.unlock();
    }
  }
}
