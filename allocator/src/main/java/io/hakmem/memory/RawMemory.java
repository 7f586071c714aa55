package io.hakmem.memory;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * The one owner of raw memory words: plain and ordered access by absolute address.
 *
 * <p>Nothing here knows whether an address is mapped. A constant segment over the whole address
 * space lets the compiler fold the liveness check; it folds the bounds check too where it can see
 * that the address is not negative. The unaligned layouts save the alignment check: every caller's
 * words are aligned by construction.
 */
public final class RawMemory {

  @SuppressWarnings("restricted") // raw memory by address is what this class is for
  private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

  private static final VarHandle INT = JAVA_INT.varHandle();
  private static final VarHandle LONG = JAVA_LONG.varHandle();

  /** Bytes that one counted loop fills: an int counts them. */
  private static final int MOST_AT_ONCE = 1 << 30;

  /** Bytes that are copied without a safepoint; the call costs a tenth of them. */
  private static final long COPIED_AT_ONCE = 8 << 10;

  private RawMemory() {}

  public static byte getByte(long address) {
    return ALL.get(JAVA_BYTE, address);
  }

  public static void putByte(long address, byte value) {
    ALL.set(JAVA_BYTE, address, value);
  }

  public static int getInt(long address) {
    return ALL.get(JAVA_INT_UNALIGNED, address);
  }

  public static void putInt(long address, int value) {
    ALL.set(JAVA_INT_UNALIGNED, address, value);
  }

  public static long getLong(long address) {
    return ALL.get(JAVA_LONG_UNALIGNED, address);
  }

  public static void putLong(long address, long value) {
    ALL.set(JAVA_LONG_UNALIGNED, address, value);
  }

  /** A read that no later read may pass: pairs with {@link #putIntRelease}. */
  public static int getIntAcquire(long address) {
    return (int) INT.getAcquire(ALL, address);
  }

  /** A write that no earlier write may pass: whoever sees it sees all that was written before. */
  public static void putIntRelease(long address, int value) {
    INT.setRelease(ALL, address, value);
  }

  /** A read that no later read may pass: pairs with {@link #putLongRelease}. */
  public static long getLongAcquire(long address) {
    return (long) LONG.getAcquire(ALL, address);
  }

  /** A write that no earlier write may pass: whoever sees it sees all that was written before. */
  public static void putLongRelease(long address, long value) {
    LONG.setRelease(ALL, address, value);
  }

  /** Changes a word if it is as expected; of several threads that try, one succeeds. */
  public static boolean compareAndSetInt(long address, int expected, int value) {
    return INT.compareAndSet(ALL, address, expected, value);
  }

  /** A read that is never torn nor repeated, for counters that another thread writes. */
  public static int getIntOpaque(long address) {
    return (int) INT.getOpaque(ALL, address);
  }

  /**
   * Sets {@code bytes} bytes from {@code address} on to {@code value}, by a plain loop that the
   * compiler makes wide: a profiler sees no frame in the code that the JDK's own fill calls.
   */
  public static void fill(long address, long bytes, byte value) {
    long word = (value & 0xFFL) * 0x01010101_01010101L;
    long done = 0;
    while (bytes - done > MOST_AT_ONCE) {
      fillWords(address + done, MOST_AT_ONCE, word);
      done += MOST_AT_ONCE;
    }
    int rest = (int) (bytes - done);
    if (rest >= Long.BYTES) {
      fillWords(address + done, rest, word);
    } else {
      fillFew(address + done, rest, value);
    }
  }

  /** The last word may overlap the one before, so that no odd bytes are left. */
  private static void fillWords(long address, int bytes, long word) {
    long start = address & Long.MAX_VALUE;
    int last = bytes - Long.BYTES;
    putLong(start + last, word);
    for (int at = 0; at < last; at += Long.BYTES) {
      putLong(start + at, word);
    }
  }

  private static void fillFew(long address, int bytes, byte value) {
    for (int at = 0; at < bytes; at++) {
      putByte(address + at, value);
    }
  }

  /**
   * Sets a few bytes to 0, without the call that {@link #fill} costs.
   *
   * @param address where at least 8 bytes may be written, however few are to be 0
   */
  public static void zeroFew(long address, int bytes) {
    int last = Math.max(0, bytes - Long.BYTES);
    putLong(address + last, 0);
    for (int word = 0; word < last; word += Long.BYTES) {
      putLong(address + word, 0);
    }
  }

  /**
   * Copies {@code bytes} bytes between ranges that do not overlap. In pieces whose number the
   * compiler does not know, so that each round has a safepoint: a profiler sees no frame in the
   * code that the JDK's own copy calls, but the next safepoint.
   */
  public static void copy(long from, long to, long bytes) {
    long done = 0;
    while (done < bytes) {
      long piece = Math.min(bytes - done, COPIED_AT_ONCE);
      MemorySegment.copy(ALL, from + done, ALL, to + done, piece);
      done += piece;
    }
  }

  /** The {@code bytes} bytes from {@code address} on as a segment of unbounded lifetime. */
  public static MemorySegment segment(long address, long bytes) {
    return ALL.asSlice(address, bytes);
  }

  /** The same for as long as an arena lives, which does not own them. */
  @SuppressWarnings("restricted") // raw memory by address is what this class is for
  public static MemorySegment segment(long address, long bytes, Arena lifetime) {
    return MemorySegment.ofAddress(address).reinterpret(bytes, lifetime, null);
  }
}
