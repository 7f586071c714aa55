package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.FREE_FLIP;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putByte;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLong;

/**
 * The direct push with one state more: a block must say <em>live</em> in its header and says
 * <em>free</em> from then on, until an allocation hands it out again. O(1), cheap enough to be left
 * on.
 *
 * <p>A block that is freed twice is mostly found before it gets here, since the header decides
 * where a free goes; what is left for the push is a header that changed in between. Not caught: two
 * threads that free one block in the same instant, and a second free of a block that was handed out
 * again meanwhile.
 */
public final class GuardedPush {

  private GuardedPush() {}

  /** See {@link FreePath#header}. */
  public static int header(long base) {
    return getByte(base);
  }

  /** See {@link FreePath#goesBySize}: the header is what this path looks at. */
  public static boolean goesBySize(long user) {
    return false;
  }

  /**
   * See {@link FreePath#push}; misuse goes to {@link InvalidFrees}, and where that returns the
   * block is left alone.
   */
  public static boolean push(long cache, int sizeClass, long base) {
    long list = CacheLayout.hot(cache, sizeClass);
    int left = getInt(list + CacheLayout.FREES_LEFT) - 1;
    if (left < 0) {
      return false;
    }
    if ((getByte(base) & 0xFF) != LIVE_MAGIC + sizeClass) {
      return refuseSlow(cache, sizeClass, base);
    }
    putByte(base, (byte) ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP));
    putLong(base + HEADER_BYTES, getLong(list + CacheLayout.HEAD));
    putLong(list + CacheLayout.HEAD, base);
    putInt(list + CacheLayout.FREES_LEFT, left);
    return true;
  }

  /** See {@link FreePath#pop}. */
  public static long pop(long cache, int sizeClass, long requested) {
    return FreeList.pop(cache, sizeClass);
  }

  /** See {@link FreePath#checks}. */
  public static boolean checks() {
    return false;
  }

  /** See {@link FreePath#resized}. */
  public static void resized(long block, long user, long requested) {}

  /** See {@link FreePath#checkSize}. */
  public static boolean checkSize(long user, long size) {
    return true;
  }

  private static boolean refuseSlow(long cache, int sizeClass, long base) {
    boolean free = (getByte(base) & 0xFF) == ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP);
    InvalidFrees.report(
        free ? InvalidFrees.Kind.DOUBLE_FREE : InvalidFrees.Kind.HEADER_CORRUPTED,
        cache,
        sizeClass,
        base);
    return true;
  }
}
