package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putByte;
import static io.hakmem.memory.RawMemory.putInt;

import io.hakmem.config.SizeClasses;
import java.lang.foreign.Arena;

/**
 * Finds out what {@link FreePath} does by doing it: frees two blocks of private memory, then one of
 * them again.
 */
final class FreePathProbe {

  private static final int PROBE_CLASS = 3;
  private static final int ALIGNMENT = 64;

  private FreePathProbe() {}

  /** Name of the path that behaves as the one observed. */
  static String observe() {
    try (Arena arena = Arena.ofConfined()) {
      int stride = SizeClasses.stride(PROBE_CLASS);
      long cache = arena.allocate(CacheLayout.BYTES + 3L * stride, ALIGNMENT).address();
      putInt(cache + CacheLayout.PRIVATE, 1);
      CacheSlow.initialize(cache, 1);
      long first = cache + CacheLayout.BYTES + stride - HEADER_BYTES;
      return classify(cache, first, first + stride);
    }
  }

  private static String classify(long cache, long first, long second) {
    byte live = (byte) (LIVE_MAGIC + PROBE_CLASS);
    putByte(first, live);
    putByte(second, live);
    Accounts.grant(cache, PROBE_CLASS, 0, 2);
    boolean listed = push(cache, first) && push(cache, second) && lists(cache, second, first);
    if (!listed || push(cache, first)) {
      return FreePaths.UNKNOWN;
    }
    Accounts.grant(cache, PROBE_CLASS, 0, 1);
    // The scan leaves the header as it is, and still refuses a block that is not the first.
    boolean refused = !push(cache, first);
    if (!refused) {
      return FreePaths.DIRECT;
    }
    return getByte(first) == live ? FreePaths.CHECKED_SCAN : FreePaths.UNKNOWN;
  }

  private static boolean lists(long cache, long head, long next) {
    return getLong(CacheLayout.hot(cache, PROBE_CLASS) + CacheLayout.HEAD) == head
        && getLong(head + HEADER_BYTES) == next;
  }

  /** False where the path refuses, whichever way. */
  private static boolean push(long cache, long base) {
    try {
      return FreePath.push(cache, PROBE_CLASS, base);
    } catch (InvalidFrees.RefusedInProbe e) {
      return false;
    }
  }
}
