package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putByte;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLong;

/** The allocating half of a thread's list; every path pops this way, checked or not. */
public final class FreeList {

  private FreeList() {}

  /**
   * Takes the block that was freed last. The header is written here too, so that lists left by a
   * path that marks free blocks can be used by any other.
   *
   * @return the user address, or 0 when the slow half has to look first
   */
  public static long pop(long cache, int sizeClass) {
    long list = CacheLayout.hot(cache, sizeClass);
    int left = getInt(list + CacheLayout.ALLOCATES_LEFT) - 1;
    if (left < 0) {
      return 0;
    }
    long base = getLong(list + CacheLayout.HEAD) & ADDRESS_MASK;
    putLong(list + CacheLayout.HEAD, getLong(base + HEADER_BYTES));
    putInt(list + CacheLayout.ALLOCATES_LEFT, left);
    putByte(base, (byte) (LIVE_MAGIC + sizeClass));
    return base + HEADER_BYTES;
  }
}
