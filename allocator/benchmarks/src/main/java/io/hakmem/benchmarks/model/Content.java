package io.hakmem.benchmarks.model;

import io.hakmem.memory.RawMemory;

/**
 * The content cookie of a block: a different word in every place, for every seed. Blocks of more
 * than {@link #WHOLE} bytes have it in their first and last {@link #EDGE} bytes only.
 */
final class Content {

  static final int WHOLE = 1024;
  static final int EDGE = 64;

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private Content() {}

  static void write(long address, long bytes, long seed) {
    if (bytes <= WHOLE) {
      write(address, 0, bytes, seed);
    } else {
      write(address, 0, EDGE, seed);
      write(address, lastEdge(bytes), bytes, seed);
    }
  }

  private static void write(long address, long from, long to, long seed) {
    long offset = from;
    for (; offset + Long.BYTES <= to; offset += Long.BYTES) {
      RawMemory.putLong(address + offset, word(seed, offset));
    }
    for (; offset < to; offset++) {
      RawMemory.putByte(address + offset, byteAt(seed, offset));
    }
  }

  /** Names the first place that differs, or gives an empty string. */
  static String verify(long address, long bytes, long seed) {
    if (bytes <= WHOLE) {
      return verify(address, 0, bytes, seed);
    }
    String damage = verify(address, 0, EDGE, seed);
    return damage.isEmpty() ? verify(address, lastEdge(bytes), bytes, seed) : damage;
  }

  /** The same for what is left of a block of {@code before} bytes in one of {@code now}. */
  static String verifyKept(long address, long before, long now, long seed) {
    return verify(address, 0, Math.min(before <= WHOLE ? before : EDGE, now), seed);
  }

  private static String verify(long address, long from, long to, long seed) {
    long offset = from;
    for (; offset + Long.BYTES <= to; offset += Long.BYTES) {
      long found = RawMemory.getLong(address + offset);
      if (found != word(seed, offset)) {
        return differs(address, offset, word(seed, offset), found);
      }
    }
    for (; offset < to; offset++) {
      byte found = RawMemory.getByte(address + offset);
      if (found != byteAt(seed, offset)) {
        return differs(address, offset, byteAt(seed, offset) & 0xFF, found & 0xFF);
      }
    }
    return "";
  }

  /** Names the first byte at the edges, or anywhere in a small block, that is not zero. */
  static String verifyZero(long address, long bytes) {
    for (long offset = 0; offset < bytes; offset++) {
      if (bytes > WHOLE && offset == EDGE) {
        offset = bytes - EDGE;
      }
      byte found = RawMemory.getByte(address + offset);
      if (found != 0) {
        return differs(address, offset, 0, found);
      }
    }
    return "";
  }

  /** Whole words from here on, so that every place has one content whoever looks. */
  private static long lastEdge(long bytes) {
    return (bytes - EDGE) & -Long.BYTES;
  }

  /** The byte of a word that a little-endian machine has at its place. */
  private static byte byteAt(long seed, long offset) {
    return (byte) (word(seed, offset & -Long.BYTES) >>> (Byte.SIZE * (offset & (Long.BYTES - 1))));
  }

  private static long word(long seed, long offset) {
    long mixed = (seed + offset) * GOLDEN;
    return mixed ^ (mixed >>> 29);
  }

  private static String differs(long address, long offset, long expected, long found) {
    return "at 0x%x, offset %d: expected 0x%x, found 0x%x"
        .formatted(address, offset, expected, found);
  }
}
