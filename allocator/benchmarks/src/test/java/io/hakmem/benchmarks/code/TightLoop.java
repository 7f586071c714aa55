package io.hakmem.benchmarks.code;

import io.hakmem.Hakmem;
import io.hakmem.ThreadCache;

/**
 * Allocates and frees by the handle until the compiler has seen it often enough; with {@link
 * #SIZED} the frees name the size.
 */
public final class TightLoop {

  static final String SIZED = "sized";

  private static final int SLOTS = 100;
  private static final int OPERATIONS = 1_000_000;

  private TightLoop() {}

  public static void main(String[] arguments) {
    ThreadCache cache = Hakmem.threadCache();
    boolean sized = arguments.length > 0 && arguments[0].equals(SIZED);
    long[] blocks = new long[SLOTS];
    int[] sizes = new int[SLOTS];
    int r = 42;
    for (int i = 0; i < OPERATIONS; i++) {
      r ^= r << 13;
      r ^= r >>> 17;
      r ^= r << 5;
      int slot = Integer.remainderUnsigned(r, SLOTS);
      if (blocks[slot] == 0) {
        sizes[slot] = 16 + (r & 0x3FF);
        blocks[slot] = cache.allocate(sizes[slot]);
      } else {
        if (sized) {
          cache.free(blocks[slot], sizes[slot]);
        } else {
          cache.free(blocks[slot]);
        }
        blocks[slot] = 0;
      }
    }
  }
}
