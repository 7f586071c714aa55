package io.hakmem.benchmarks.code;

import io.hakmem.Hakmem;
import io.hakmem.ThreadCache;

/** Allocates and frees by the handle until the compiler has seen it often enough. */
public final class TightLoop {

  private static final int SLOTS = 100;
  private static final int OPERATIONS = 1_000_000;

  private TightLoop() {}

  public static void main(String[] arguments) {
    ThreadCache cache = Hakmem.threadCache();
    long[] blocks = new long[SLOTS];
    int r = 42;
    for (int i = 0; i < OPERATIONS; i++) {
      r ^= r << 13;
      r ^= r >>> 17;
      r ^= r << 5;
      int slot = Integer.remainderUnsigned(r, SLOTS);
      if (blocks[slot] == 0) {
        blocks[slot] = cache.allocate(16 + (r & 0x3FF));
      } else {
        cache.free(blocks[slot]);
        blocks[slot] = 0;
      }
    }
  }
}
