package io.hakmem.benchmarks.model;

import io.hakmem.config.SizeClasses;

/** Blocks of each size class that were allocated and freed, as the model counts them. */
final class Tally {

  private final long[] allocations = new long[SizeClasses.COUNT];
  private final long[] frees = new long[SizeClasses.COUNT];

  /**
   * Counts a block.
   *
   * @param bytes that the size class had to serve, alignment included; above all classes nothing
   *     counts
   */
  void allocated(long bytes) {
    if (bytes <= SizeClasses.MAX_CLASS_BYTES) {
      allocations[classOf((int) bytes)]++;
    }
  }

  void freed(long bytes) {
    if (bytes <= SizeClasses.MAX_CLASS_BYTES) {
      frees[classOf((int) bytes)]++;
    }
  }

  void add(Tally other) {
    for (int c = 0; c < SizeClasses.COUNT; c++) {
      allocations[c] += other.allocations[c];
      frees[c] += other.frees[c];
    }
  }

  long allocations(int sizeClass) {
    return allocations[sizeClass];
  }

  long frees(int sizeClass) {
    return frees[sizeClass];
  }

  private static int classOf(int bytes) {
    return bytes <= SizeClasses.MAX_TINY_BYTES
        ? SizeClasses.ofTiny(bytes)
        : SizeClasses.ofMedium(bytes);
  }
}
