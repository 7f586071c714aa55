package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.CheckOptions.EDGE_BYTES;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putByte;
import static io.hakmem.memory.RawMemory.putLong;

import io.hakmem.memory.RawMemory;
import java.nio.ByteOrder;

/**
 * The pattern that free memory and the slack behind what was asked for are filled with, and that
 * nobody may have changed when it is looked at again. Ranges are {@code from} to before {@code to}.
 */
public final class Poison {

  /** Every byte; no header of a block looks like it. */
  static final byte BYTE = (byte) 0xDB;

  private static final long WORD = 0xDBDBDBDB_DBDBDBDBL;
  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  private static final int WORD_BYTES = Long.BYTES;

  private Poison() {}

  /**
   * Fills a range. The last word may overlap the one before, so that no odd bytes are left; the
   * loop is as plain as it is so that the compiler makes wide stores of it.
   */
  public static void fill(long from, long to) {
    int last = (int) (to - from) - WORD_BYTES;
    if (last < 0) {
      fillFew(from, to);
      return;
    }
    long start = from & ADDRESS_MASK;
    putLong(start + last, WORD);
    for (int at = 0; at < last; at += WORD_BYTES) {
      putLong(start + at, WORD);
    }
  }

  private static void fillFew(long from, long to) {
    for (long at = from; at < to; at++) {
      putByte(at, BYTE);
    }
  }

  /** Whether a range is as {@link #fill} left it; wide loads, as there. */
  public static boolean holds(long from, long to) {
    int last = (int) (to - from) - WORD_BYTES;
    if (last < 0) {
      return holdsFew(from, to);
    }
    long start = from & ADDRESS_MASK;
    return getLong(start + last) == WORD && RawMemory.repeats(start, last, WORD);
  }

  /**
   * Fills the slack at the end of a block that is about to be handed out: the first 16 bytes behind
   * what was asked for and the last 8 of the block, always three stores, since a loop of changing
   * length costs more than it fills. The stores may reach into what was asked for, where contents
   * are undefined yet.
   *
   * @param from end of what was asked for
   * @param to end of the block, at least 15 bytes behind its start
   */
  public static void fillSlack(long from, long to) {
    long last = (to - WORD_BYTES) & ADDRESS_MASK;
    putLong(Math.min(from, last) & ADDRESS_MASK, WORD);
    putLong(Math.min(from + WORD_BYTES, last) & ADDRESS_MASK, WORD);
    putLong(last, WORD);
  }

  /** Fills the first 8 bytes of a block, where its link was. */
  public static void fillLink(long user) {
    putLong(user & ADDRESS_MASK, WORD);
  }

  /** The same where what was asked for is in use already. */
  public static void fillSlackExactly(long from, long to) {
    fill(from, Math.min(from + 2 * WORD_BYTES, to));
    fill(Math.max(from, to - WORD_BYTES), to);
  }

  /** Whether the slack is as {@link #fillSlack} left it. */
  public static boolean slackHolds(long from, long to) {
    long last = (to - WORD_BYTES) & ADDRESS_MASK;
    long first = Math.min(from, last) & ADDRESS_MASK;
    long second = Math.min(from + WORD_BYTES, last) & ADDRESS_MASK;
    long changed = (getLong(first) ^ WORD) | (getLong(second) ^ WORD) | (getLong(last) ^ WORD);
    // Where fewer than 8 bytes are slack, all three are the last word, and its first bytes are not
    // ours; in two halves, since all 64 bits may go.
    int halfBits = (int) (from - first) * (Byte.SIZE / 2);
    return (LITTLE_ENDIAN ? changed >>> halfBits >>> halfBits : changed << halfBits << halfBits)
        == 0;
  }

  /** Fills 64 bytes. */
  static void fillEdge(long from) {
    long start = from & ADDRESS_MASK;
    for (int at = 0; at < EDGE_BYTES; at += WORD_BYTES) {
      putLong(start + at, WORD);
    }
  }

  static boolean edgeHolds(long from) {
    long start = from & ADDRESS_MASK;
    long changed = 0;
    for (int at = 0; at < EDGE_BYTES; at += WORD_BYTES) {
      changed |= getLong(start + at) ^ WORD;
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
