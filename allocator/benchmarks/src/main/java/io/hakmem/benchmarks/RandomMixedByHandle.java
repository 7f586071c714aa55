package io.hakmem.benchmarks;

import io.hakmem.Hakmem;
import io.hakmem.ThreadCache;
import io.hakmem.memory.RawMemory;
import java.io.PrintStream;

/**
 * The loop of {@link RandomMixed} by the thread's cache in hand.
 *
 * <p>Written out again: through an interface the compiler would have to guess which way each call
 * goes, and the guess would be part of what is measured.
 */
final class RandomMixedByHandle {

  private static final int SMALLEST = 16;
  private static final int SIZE_MASK = 0x3FF;
  private static final int BURST = 1000;

  private final ThreadCache cache = Hakmem.threadCache();
  private final long[] blocks;
  private final int min;
  private final int max;

  /** For use by the current thread. */
  RandomMixedByHandle(int workingSet, int min, int max) {
    this.blocks = new long[workingSet];
    this.min = min;
    this.max = max;
  }

  /** Operations, working set, seed, min, max. */
  static int time(long[] values, PrintStream out) {
    RandomMixedByHandle workload =
        new RandomMixedByHandle((int) values[1], (int) values[3], (int) values[4]);
    Throughput.time(values[0], values[1], out, count -> workload.run(count, (int) values[2]));
    return Main.OK;
  }

  void run(long operations, int seed) {
    int r = seed;
    for (long left = operations; left > 0; left -= BURST) {
      r = burst((int) Math.min(left, BURST), r);
    }
    for (int slot = 0; slot < blocks.length; slot++) {
      cache.free(blocks[slot]);
      blocks[slot] = 0;
    }
  }

  private int burst(int operations, int seed) {
    ThreadCache mine = cache;
    long[] slots = blocks;
    int r = seed;
    for (int i = 0; i < operations; i++) {
      r ^= r << 13;
      r ^= r >>> 17;
      r ^= r << 5;
      int slot = Integer.remainderUnsigned(r, slots.length);
      long block = slots[slot];
      if (block != 0) {
        mine.free(block);
        slots[slot] = 0;
      } else {
        long fresh = mine.allocate(Math.clamp(SMALLEST + (r & SIZE_MASK), min, max));
        RawMemory.putByte(fresh, (byte) r);
        slots[slot] = fresh;
      }
    }
    return r;
  }
}
