package io.hakmem;

import io.hakmem.memory.RawMemory;

/** Content that fills a block and tells it from every other: a different word in every place. */
public final class Cookie {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Cookie() {}

  /** Fills {@code bytes} bytes from {@code address} on with the content of a seed. */
  public static void write(long address, long bytes, long seed) {
    long offset = 0;
    for (; offset + Long.BYTES <= bytes; offset += Long.BYTES) {
      RawMemory.putLong(address + offset, word(seed, offset));
    }
    for (; offset < bytes; offset++) {
      RawMemory.putByte(address + offset, (byte) word(seed, offset));
    }
  }

  /**
   * Compares every byte.
   *
   * @throws AssertionError that names the first place that differs
   */
  public static void verify(long address, long bytes, long seed) {
    long offset = 0;
    for (; offset + Long.BYTES <= bytes; offset += Long.BYTES) {
      long found = RawMemory.getLong(address + offset);
      if (found != word(seed, offset)) {
        throw damaged(address, bytes, seed, offset, found);
      }
    }
    for (; offset < bytes; offset++) {
      byte found = RawMemory.getByte(address + offset);
      if (found != (byte) word(seed, offset)) {
        throw damaged(address, bytes, seed, offset, found);
      }
    }
  }

  private static long word(long seed, long offset) {
    long mixed = (seed + offset) * GOLDEN;
    return mixed ^ mixed >>> 29;
  }

  private static AssertionError damaged(
      long address, long bytes, long seed, long offset, long found) {
    return new AssertionError(
        "block 0x%x of %d bytes, cookie %d: found 0x%x at offset %d, expected 0x%x"
            .formatted(address, bytes, seed, found, offset, word(seed, offset)));
  }
}
