package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.FREE_FLIP;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putByte;
import static io.hakmem.memory.RawMemory.putInt;

import io.hakmem.config.SizeClasses;
import io.hakmem.slab.Poison;
import java.lang.foreign.Arena;

/**
 * Finds out what {@link FreePath} does by doing it: frees two blocks of private memory, then one of
 * them again.
 */
final class FreePathProbe {

  private static final int PROBE_CLASS = 3;
  private static final int ALIGNMENT = 64;

  /** The form of {@link FreePath#push}, so that tests can show the probe other paths. */
  @FunctionalInterface
  interface Push {
    boolean push(long cache, int sizeClass, long base);
  }

  private FreePathProbe() {}

  /** Name of the path that behaves as the one that is live. */
  static String observe() {
    // Not a method reference: that would load the machinery for it at every start.
    return observe(
        new Push() {
          @Override
          public boolean push(long cache, int sizeClass, long base) {
            return FreePath.push(cache, sizeClass, base);
          }
        });
  }

  static String observe(Push path) {
    try (Arena arena = Arena.ofConfined()) {
      int stride = SizeClasses.stride(PROBE_CLASS);
      long cache = arena.allocate(CacheLayout.BYTES + 3L * stride, ALIGNMENT).address();
      putInt(cache + CacheLayout.PRIVATE, 1);
      CacheSlow.initialize(cache, 1);
      long first = cache + CacheLayout.BYTES + stride - HEADER_BYTES;
      return classify(path, cache, first, first + stride);
    }
  }

  private static String classify(Push path, long cache, long first, long second) {
    byte live = (byte) (LIVE_MAGIC + PROBE_CLASS);
    putByte(first, live);
    putByte(second, live);
    Accounts.grant(cache, PROBE_CLASS, 0, 2);
    boolean listed =
        push(path, cache, first) && push(path, cache, second) && lists(cache, second, first);
    if (!listed || push(path, cache, first)) {
      return FreePaths.UNKNOWN;
    }
    Accounts.grant(cache, PROBE_CLASS, 0, 1);
    // The scan leaves headers as they are, and still refuses a block that is not the first.
    boolean refused = !push(path, cache, first);
    if (headersAre(live, first, second)) {
      return refused ? FreePaths.CHECKED_SCAN : FreePaths.DIRECT;
    }
    boolean marked = headersAre((byte) (live ^ FREE_FLIP), first, second);
    if (!marked || !refused || !lists(cache, second, first)) {
      return FreePaths.UNKNOWN;
    }
    return isPoisoned(first) && isPoisoned(second) ? FreePaths.CHECKED : FreePaths.GUARDED;
  }

  private static boolean isPoisoned(long base) {
    long link = base + HEADER_BYTES + Long.BYTES;
    return Poison.holds(link, base + SizeClasses.stride(PROBE_CLASS));
  }

  private static boolean headersAre(byte header, long first, long second) {
    return getByte(first) == header && getByte(second) == header;
  }

  private static boolean lists(long cache, long head, long next) {
    return getLong(CacheLayout.hot(cache, PROBE_CLASS) + CacheLayout.HEAD) == head
        && getLong(head + HEADER_BYTES) == next;
  }

  /** False where the path refuses, whichever way. */
  private static boolean push(Push path, long cache, long base) {
    try {
      return path.push(cache, PROBE_CLASS, base);
    } catch (InvalidFrees.RefusedInProbe e) {
      return false;
    }
  }
}
