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

  /** Sets {@code bytes} bytes from {@code address} on to {@code value}. */
  public static void fill(long address, long bytes, byte value) {
    ALL.asSlice(address, bytes).fill(value);
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

  /** Copies {@code bytes} bytes, which may overlap. */
  public static void copy(long from, long to, long bytes) {
    MemorySegment.copy(ALL, from, ALL, to, bytes);
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
