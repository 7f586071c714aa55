package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.BY_SIZE;
import static io.hakmem.config.BlockLayout.BY_SIZE_MASK;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putByte;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLong;

/**
 * The direct push: header, next, head, count. What a plain jar runs; misuse is undefined, as in C.
 */
public final class DirectPush {

  private DirectPush() {}

  /** See {@link FreePath#header}. */
  public static int header(long base) {
    return getByte(base);
  }

  /** See {@link FreePath#goesBySize}. */
  public static boolean goesBySize(long user) {
    return (user & BY_SIZE_MASK) == BY_SIZE;
  }

  /** See {@link FreePath#push}. */
  public static boolean push(long cache, int sizeClass, long base) {
    long list = CacheLayout.hot(cache, sizeClass);
    int left = getInt(list + CacheLayout.FREES_LEFT) - 1;
    if (left < 0) {
      return false;
    }
    putByte(base, (byte) (LIVE_MAGIC + sizeClass));
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
}
