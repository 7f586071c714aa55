package io.hakmem.slab;

import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putByte;
import static io.hakmem.memory.RawMemory.putLong;

/**
 * The pattern that free memory and the slack behind what was asked for are filled with, and that
 * nobody may have changed when it is looked at again. Ranges are {@code from} to before {@code to}.
 */
public final class Poison {

  /** Every byte; no header of a block looks like it. */
  static final byte BYTE = (byte) 0xDB;

  private static final long WORD = 0xDBDBDBDB_DBDBDBDBL;
  private static final int WORD_BYTES = Long.BYTES;
  private static final int STEP = 4 * WORD_BYTES;

  private Poison() {}

  /** Fills a range. The last word may overlap the one before, so that no odd bytes are left. */
  public static void fill(long from, long to) {
    if (to - from < WORD_BYTES) {
      for (long at = from; at < to; at++) {
        putByte(at, BYTE);
      }
      return;
    }
    long last = to - WORD_BYTES;
    putLong(last, WORD);
    int steps = (int) ((last - from) / STEP);
    long at = from;
    for (int i = 0; i < steps; i++) {
      putLong(at, WORD);
      putLong(at + WORD_BYTES, WORD);
      putLong(at + 2 * WORD_BYTES, WORD);
      putLong(at + 3 * WORD_BYTES, WORD);
      at += STEP;
    }
    for (; at < last; at += WORD_BYTES) {
      putLong(at, WORD);
    }
  }

  /** Whether a range is as {@link #fill} left it. */
  public static boolean holds(long from, long to) {
    if (to - from < WORD_BYTES) {
      return holdsFew(from, to);
    }
    long last = to - WORD_BYTES;
    long changed = getLong(last) ^ WORD;
    int steps = (int) ((last - from) / STEP);
    long at = from;
    for (int i = 0; i < steps; i++) {
      changed |=
          (getLong(at) ^ WORD)
              | (getLong(at + WORD_BYTES) ^ WORD)
              | (getLong(at + 2 * WORD_BYTES) ^ WORD)
              | (getLong(at + 3 * WORD_BYTES) ^ WORD);
      at += STEP;
    }
    for (; at < last; at += WORD_BYTES) {
      changed |= getLong(at) ^ WORD;
    }
    return changed == 0;
  }

  private static boolean holdsFew(long from, long to) {
    int changed = 0;
    for (long at = from; at < to; at++) {
      changed |= getByte(at) ^ BYTE;
    }
    return changed == 0;
  }

  /** The first address of a range that was changed, or {@code to}. */
  public static long firstChanged(long from, long to) {
    long at = from;
    while (at < to && getByte(at) == BYTE) {
      at++;
    }
    return at;
  }
}
