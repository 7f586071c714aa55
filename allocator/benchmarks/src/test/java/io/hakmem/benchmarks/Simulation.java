package io.hakmem.benchmarks;

import io.hakmem.config.SizeClasses;

/** The random-mixed workload as its description has it, without any memory: what it must do. */
final class Simulation {

  final long[] allocations = new long[SizeClasses.COUNT];
  private long large;

  Simulation(long operations, int workingSet, int seed, int min, int max) {
    boolean[] filled = new boolean[workingSet];
    long random = Integer.toUnsignedLong(seed);
    for (long i = 0; i < operations; i++) {
      random ^= random << 13 & 0xFFFF_FFFFL;
      random ^= random >> 17;
      random ^= random << 5 & 0xFFFF_FFFFL;
      int slot = (int) (random % workingSet);
      if (!filled[slot]) {
        count((int) Math.max(min, Math.min(max, 16 + random % 1024)));
      }
      filled[slot] = !filled[slot];
    }
  }

  private void count(int size) {
    if (size > SizeClasses.MAX_CLASS_BYTES) {
      large++;
    } else {
      allocations[classOf(size)]++;
    }
  }

  static int classOf(int size) {
    return size <= SizeClasses.MAX_TINY_BYTES
        ? SizeClasses.ofTiny(size)
        : SizeClasses.ofMedium(size);
  }

  long large() {
    return large;
  }
}
