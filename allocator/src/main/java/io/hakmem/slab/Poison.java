package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.CheckOptions.EDGE_BYTES;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putByte;
import static io.hakmem.memory.RawMemory.putLong;

import java.nio.ByteOrder;

/**
 * The pattern that free memory and the slack behind what was asked for are filled with, and that
 * nobody may have changed when it is looked at again. Ranges are {@code from} to before {@code to}.
 */
public final class Poison {

  /** Every byte; no header of a block looks like it. */
  static final byte BYTE = (byte) 0xDB;

  /**
   * Eight of them. Not final: as a constant it would be ten bytes of code in front of each use, as
   * a variable the compiler keeps it in a register.
   */
  @SuppressWarnings("FieldMayBeFinal") // see above
  private static long word = 0xDBDBDBDB_DBDBDBDBL;

  /** Eight bytes of it. */
  public static long word() {
    return word;
  }

  private static final boolean LITTLE_ENDIAN = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
  private static final int WORD_BYTES = Long.BYTES;

  /** Changes no offset in a block of a class, but tells the compiler that it is not negative. */
  public static final int OFFSET_MASK = (1 << 18) - 1;

  private Poison() {}

  /**
   * Fills a range: by a loop that the compiler makes wide stores of, of one word and some times
   * eight, so that it leaves no odd words for a loop of its own; and 64 bytes at the end, which may
   * overlap.
   */
  public static void fill(long from, long to) {
    long left = from & ADDRESS_MASK;
    while (to - left > OFFSET_MASK) {
      fill(left, OFFSET_MASK);
      left += OFFSET_MASK;
    }
    fill(left, (int) (to - left));
  }

  /** The same for so many bytes from an address on that is not negative. */
  static void fill(long start, int bytes) {
    if (bytes < WORD_BYTES + EDGE_BYTES) {
      fillFew(start, bytes);
      return;
    }
    int run = ((bytes - WORD_BYTES) & OFFSET_MASK & -EDGE_BYTES) + WORD_BYTES;
    for (int at = 0; at < run; at += WORD_BYTES) {
      putLong(start + at, word);
    }
    fillEdge(start + ((bytes - EDGE_BYTES) & OFFSET_MASK));
  }

  /** Fills less than 72 bytes, none where the number is negative. */
  public static void fillFew(long start, int bytes) {
    if (bytes >= WORD_BYTES) {
      fillShort(start, bytes - WORD_BYTES);
      return;
    }
    for (int at = 0; at < bytes; at++) {
      putByte(start + at, BYTE);
    }
  }

  /** Whether a range is as {@link #fill} left it. */
  public static boolean holds(long from, long to) {
    long left = from & ADDRESS_MASK;
    while (to - left > OFFSET_MASK) {
      if (changed(left, OFFSET_MASK) != 0) {
        return false;
      }
      left += OFFSET_MASK;
    }
    return changed(left, (int) (to - left)) == 0;
  }

  /**
   * Fills 8 to 72 bytes, always by nine stores that may overlap: a loop whose length changes with
   * each size costs more than it fills.
   *
   * @param last where the last 8 of them start, 0 to 64
   */
  public static void fillShort(long start, int last) {
    for (int at = 0; at <= EDGE_BYTES; at += WORD_BYTES) {
      putLong(start + (Math.min(at, last) & OFFSET_MASK), word);
    }
  }

  /** Not 0 where they are not as {@link #fillShort} left them. */
  public static long shortChanged(long start, int last) {
    long changed = 0;
    for (int at = 0; at <= EDGE_BYTES; at += WORD_BYTES) {
      changed |= getLong(start + (Math.min(at, last) & OFFSET_MASK)) ^ word;
    }
    return changed;
  }

  /** Not 0 where less than 8 bytes are not as they should be. */
  public static long fewChanged(long start, int bytes) {
    return holdsFew(start, start + bytes) ? 0 : 1;
  }

  /** Not 0 where so many bytes are not as they should be; wide loads, as the stores there. */
  static long changed(long start, int bytes) {
    if (bytes < WORD_BYTES) {
      return holdsFew(start, start + bytes) ? 0 : 1;
    }
    int last = (bytes - WORD_BYTES) & OFFSET_MASK;
    long changed = getLong(start + last) ^ word;
    for (int at = 0; at < last; at += WORD_BYTES) {
      changed |= getLong(start + at) ^ word;
    }
    return changed;
  }

  /**
   * Fills the slack at the end of a block that is about to be handed out: the first 16 bytes behind
   * what was asked for and the last 8 of the block, always three stores, since a loop of changing
   * length costs more than it fills. The stores may reach into what was asked for, where contents
   * are undefined yet.
   *
   * @param user where the block starts, not negative
   * @param usable its bytes, at least 15
   */
  public static void fillSlack(long user, int requested, int usable) {
    int last = (usable - WORD_BYTES) & OFFSET_MASK;
    putLong(user + Math.min(requested & OFFSET_MASK, last), word);
    putLong(user + Math.min((requested & OFFSET_MASK) + WORD_BYTES, last), word);
    putLong(user + last, word);
  }

  /** The same where the last 8 bytes of the block are filled already. */
  public static void fillSlackStart(long user, int requested, int usable) {
    int last = (usable - WORD_BYTES) & OFFSET_MASK;
    putLong(user + Math.min(requested & OFFSET_MASK, last), word);
    putLong(user + Math.min((requested & OFFSET_MASK) + WORD_BYTES, last), word);
  }

  /** Fills the first 8 bytes of a block, where its link was. */
  public static void fillLink(long user) {
    putLong(user & ADDRESS_MASK, word);
  }

  /** The same where what was asked for is in use already. */
  public static void fillSlackExactly(long from, long to) {
    fill(from, Math.min(from + 2 * WORD_BYTES, to));
    fill(Math.max(from, to - WORD_BYTES), to);
  }

  /** Not 0 where the slack is not as {@link #fillSlack} left it. */
  public static long slackChanged(long user, int requested, int usable) {
    int last = (usable - WORD_BYTES) & OFFSET_MASK;
    int first = Math.min(requested & OFFSET_MASK, last);
    int second = Math.min((requested & OFFSET_MASK) + WORD_BYTES, last);
    long changed = getLong(user + first) ^ word;
    changed |= getLong(user + second) ^ word;
    changed |= getLong(user + last) ^ word;
    // Where fewer than 8 bytes are slack, all three are the last word, and its first bytes are not
    // ours; in two halves, since all 64 bits may go.
    int halfBits = (requested - first) * (Byte.SIZE / 2);
    return LITTLE_ENDIAN ? changed >>> halfBits >>> halfBits : changed << halfBits << halfBits;
  }

  /** Fills 64 bytes. */
  public static void fillEdge(long from) {
    for (int at = 0; at < EDGE_BYTES; at += WORD_BYTES) {
      putLong(from + at, word);
    }
  }

  /** Not 0 where 64 bytes are not as {@link #fillEdge} left them. */
  public static long edgeChanged(long from) {
    long changed = 0;
    for (int at = 0; at < EDGE_BYTES; at += WORD_BYTES) {
      changed |= getLong(from + at) ^ word;
    }
    return changed;
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
