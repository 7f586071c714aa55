package io.hakmem.benchmarks;

import io.hakmem.Hakmem;
import io.hakmem.memory.RawMemory;
import java.io.PrintStream;

/**
 * The original's workload: a table of slots, and for each random number the slot it picks is either
 * filled with a new block or emptied.
 *
 * <p>Sizes are {@code 16 + (r & 0x3FF)}, clamped; r comes from xorshift32 (13, 17, 5), the slot is
 * r modulo the working set, and the first byte of each block is written.
 */
final class RandomMixed {

  private static final int SMALLEST = 16;
  private static final int SIZE_MASK = 0x3FF;

  private static final int BURST = 1000;

  private final long[] blocks;
  private final int min;
  private final int max;

  RandomMixed(int workingSet, int min, int max) {
    this.blocks = new long[workingSet];
    this.min = min;
    this.max = max;
  }

  /** What is wrong with the numbers of the command line together. */
  static String wrong(long[] values) {
    if ((int) values[2] == 0) {
      return "seed must not be 0 in its low 32 bits: " + values[2];
    }
    if (values[3] > values[4]) {
      return "sizes must be min <= max: " + values[3] + " " + values[4];
    }
    return "";
  }

  /** Operations, working set, seed, min, max. */
  static int time(long[] values, PrintStream out) {
    RandomMixed workload = new RandomMixed((int) values[1], (int) values[3], (int) values[4]);
    Throughput.time(values[0], values[1], out, count -> workload.run(count, (int) values[2]));
    return Main.OK;
  }

  /** Runs the loop from a seed and frees what is left; one operation is one allocate or free. */
  void run(long operations, int seed) {
    int r = seed;
    for (long left = operations; left > 0; left -= BURST) {
      r = burst((int) Math.min(left, BURST), r);
    }
    for (int slot = 0; slot < blocks.length; slot++) {
      Hakmem.free(blocks[slot]);
      blocks[slot] = 0;
    }
  }

  /** A method of its own, so that the compiler sees it called often and compiles it whole. */
  private int burst(int operations, int seed) {
    long[] slots = blocks;
    int r = seed;
    for (int i = 0; i < operations; i++) {
      r ^= r << 13;
      r ^= r >>> 17;
      r ^= r << 5;
      int slot = Integer.remainderUnsigned(r, slots.length);
      long block = slots[slot];
      if (block != 0) {
        Hakmem.free(block);
        slots[slot] = 0;
      } else {
        long fresh = Hakmem.allocate(Math.clamp(SMALLEST + (r & SIZE_MASK), min, max));
        RawMemory.putByte(fresh, (byte) r);
        slots[slot] = fresh;
      }
    }
    return r;
  }
}
