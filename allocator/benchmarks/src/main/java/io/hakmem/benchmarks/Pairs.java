package io.hakmem.benchmarks;

import io.hakmem.Hakmem;
import io.hakmem.ThreadCache;
import io.hakmem.memory.RawMemory;
import java.io.PrintStream;

/** Allocates a block by the thread's cache in hand, writes its first byte, frees it; and again. */
final class Pairs {

  private static final int BURST = 1000;

  private final ThreadCache cache = Hakmem.threadCache();
  private final long size;

  /** For use by the current thread. */
  Pairs(long size) {
    this.size = size;
  }

  /** Operations, size. */
  static int time(long[] values, PrintStream out) {
    Pairs workload = new Pairs(values[1]);
    Throughput.time(values[0], 1, out, workload::run);
    return Main.OK;
  }

  /** Does {@code operations / 2} pairs, rounded up. */
  void run(long operations) {
    for (long left = operations; left > 0; left -= BURST) {
      burst((int) (Math.min(left, BURST) + 1) / 2);
    }
  }

  private void burst(int pairs) {
    ThreadCache mine = cache;
    long bytes = size;
    for (int i = 0; i < pairs; i++) {
      long block = mine.allocate(bytes);
      RawMemory.putByte(block, (byte) i);
      mine.free(block);
    }
  }
}
