package io.hakmem;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.BlockLayout.CLASS_MASK;
import static io.hakmem.config.BlockLayout.FREE_MAGIC;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.config.BlockLayout.MAGIC_MASK;

import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import io.hakmem.slab.LargeBlocks;
import io.hakmem.slab.Segments;
import io.hakmem.thread.ClassCounters;
import io.hakmem.thread.FreeList;
import io.hakmem.thread.FreePath;
import io.hakmem.thread.FreePaths;
import io.hakmem.thread.InvalidFrees;
import io.hakmem.thread.ThreadCaches;
import java.lang.foreign.MemorySegment;

/**
 * The allocator of the process. Thread-safe: any thread may free what any other allocated.
 *
 * <p>Addresses are multiples of 16, sizes are bytes, contents are whatever was there before. With
 * the direct push path misuse is undefined, as in C.
 */
public final class Hakmem {

  private static final Segments SEGMENTS = new Segments();
  private static final LargeBlocks LARGE = new LargeBlocks();
  private static final ThreadCaches CACHES = ThreadCaches.create(SEGMENTS);

  static {
    InvalidFrees.handler(Hakmem::invalidFree);
    CACHES.start();
  }

  private Hakmem() {}

  /**
   * Allocates a block.
   *
   * @param size in bytes; 0 gives a block too
   * @return the address of its first byte, a multiple of 16
   * @throws IllegalArgumentException if {@code size} is negative
   * @throws OutOfMemoryError if the operating system refuses the memory
   */
  public static long allocate(long size) {
    if (Long.compareUnsigned(size, SizeClasses.MAX_TINY_BYTES) <= 0) {
      int sizeClass = SizeClasses.of((int) size);
      long cache = CACHES.current();
      if (cache != 0) {
        long user = FreeList.pop(cache, sizeClass);
        if (user != 0) {
          return user;
        }
      }
      return CACHES.allocateSlow(sizeClass, size);
    }
    return allocateLargeSlow(size);
  }

  /**
   * Frees a block. Freeing address 0 does nothing.
   *
   * @param address what {@link #allocate} returned
   * @throws InvalidFreeException if the push path checks and finds misuse
   */
  public static void free(long address) {
    if (address <= 0) {
      freeNothingSlow(address);
      return;
    }
    long base = address - HEADER_BYTES & ADDRESS_MASK;
    int header = RawMemory.getByte(base);
    if ((header & MAGIC_MASK) == LIVE_MAGIC) {
      int sizeClass = header & CLASS_MASK;
      long cache = CACHES.current();
      if (cache == 0 || !FreePath.push(cache, sizeClass, base)) {
        CACHES.freeSlow(sizeClass, base);
      }
      return;
    }
    freeOtherSlow(address, header & 0xFF);
  }

  /**
   * Allocates a block as a segment of exactly {@code size} bytes and unbounded lifetime, which
   * every thread may use.
   *
   * @throws IllegalArgumentException if {@code size} is negative
   * @throws OutOfMemoryError if the operating system refuses the memory
   */
  public static MemorySegment allocateSegment(long size) {
    return RawMemory.segment(allocate(size), size);
  }

  /**
   * Frees a block through the segment that {@link #allocateSegment} returned, or any at its start.
   */
  public static void free(MemorySegment segment) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException("expected a native segment of this allocator: " + segment);
    }
    free(segment.address());
  }

  /** Exact counters of one tiny size class over all threads, at least at a quiet point. */
  public static ClassCounters counters(int sizeClass) {
    return CACHES.counters(sizeClass);
  }

  /** The push path that is live, as a probe observed it. */
  public static FreePaths.Installed freePath() {
    return FreePaths.live();
  }

  private static long allocateLargeSlow(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative: " + size);
    }
    return LARGE.allocate(size);
  }

  private static void freeOtherSlow(long address, int header) {
    if (LargeBlocks.isLarge(header)) {
      LARGE.free(address);
    } else if ((header & MAGIC_MASK) == FREE_MAGIC) {
      invalidFree(InvalidFrees.Kind.DOUBLE_FREE, address, header);
    } else {
      invalidFree(InvalidFrees.Kind.HEADER_CORRUPTED, address, header);
    }
  }

  private static void freeNothingSlow(long address) {
    if (address != 0) {
      throw new InvalidFreeException(
          "0x%x is not the address of a block".formatted(address), address);
    }
  }

  private static void invalidFree(InvalidFrees.Kind kind, long address, int header) {
    throw new InvalidFreeException(
        "invalid free of 0x%x (header 0x%02x, path %s): %s"
            .formatted(address, header, FreePaths.live().path(), kind.meaning()),
        address);
  }
}
