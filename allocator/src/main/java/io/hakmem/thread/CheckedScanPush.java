package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.ALIGNMENT;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.config.BlockLayout.MAX_CAPACITY;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;

/**
 * The original's debug path, kept as the baseline of the trial: capacity, alignment and header, and
 * a walk of the whole list for a block that is freed twice.
 */
public final class CheckedScanPush {

  private CheckedScanPush() {}

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
   * block is left alone: leaked, but harmless.
   */
  public static boolean push(long cache, int sizeClass, long base) {
    if (getInt(CacheLayout.hot(cache, sizeClass) + CacheLayout.FREES_LEFT) <= 0) {
      return false;
    }
    InvalidFrees.Kind fault = fault(cache, sizeClass, base);
    if (fault != InvalidFrees.Kind.NONE) {
      InvalidFrees.report(fault, cache, sizeClass, base);
      return true;
    }
    return DirectPush.push(cache, sizeClass, base);
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

  private static InvalidFrees.Kind fault(long cache, int sizeClass, long base) {
    if ((base + HEADER_BYTES) % ALIGNMENT != 0) {
      return InvalidFrees.Kind.MISALIGNED;
    }
    if ((getByte(base) & 0xFF) != (LIVE_MAGIC + sizeClass)) {
      return InvalidFrees.Kind.HEADER_CORRUPTED;
    }
    return isListed(cache, sizeClass, base)
        ? InvalidFrees.Kind.DOUBLE_FREE
        : InvalidFrees.Kind.NONE;
  }

  /**
   * O(n) in the length of the list: this is the cost that the direct push saves.
   *
   * <p>The walk is counted, although the list's end alone would end it: a loop that the compiler
   * can't count polls for safepoints in every round, and about half of the CPU samples of such a
   * walk were seen to carry the name of its caller's other callees.
   */
  private static boolean isListed(long cache, int sizeClass, long base) {
    long block = getLong(CacheLayout.hot(cache, sizeClass) + CacheLayout.HEAD);
    for (int walked = 0; block != 0 && walked < MAX_CAPACITY; walked++) {
      if (block == base) {
        return true;
      }
      block = getLong(block + HEADER_BYTES);
    }
    return false;
  }
}
