package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLong;
import static io.hakmem.memory.RawMemory.putLongRelease;

import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Writes operations into a buffer off heap, in the encoding of {@code docs/operation-trace.md}.
 *
 * <p>Only the owner of the cache that a buffer belongs to appends. What is published by {@link
 * #NEXT} does not change until the buffer starts anew, so that others can read it.
 */
final class TraceCode {

  static final int VERSION = 2;

  /** Bytes of one buffer: an event has to fit a thread buffer of JFR's, which is 8 KiB. */
  static final int BYTES = 7424;

  /** Address of the next record (long), written last. */
  static final int NEXT = 0;

  /** Operations since the buffer started, and how many there are when something is due (ints). */
  static final int OPERATIONS = 8;

  static final int DUE_AT = 12;

  /** When the clock was read last, and when the buffer started, in nanoseconds (longs). */
  static final int TIME = 16;

  static final int START_TIME = 24;

  /** Thread of the latest operation, and of the first one (longs). */
  static final int THREAD = 32;

  static final int START_THREAD = 40;

  /** How many operations there are at the next sample, and the interval of that (ints). */
  static final int SAMPLE_AT = 48;

  static final int INTERVAL = 52;

  /** How many operations there are at the next stamp (int). */
  static final int STAMP_AT = 56;

  /** User address of the latest block of each class (longs). */
  static final int LAST = 64;

  /** Where the data start: what {@link #writeLayout} writes, then records. */
  static final int DATA = LAST + SizeClasses.COUNT * Long.BYTES;

  private static final int LAYOUT_BYTES = 2 + 2 * SizeClasses.COUNT;

  static final int RECORDS = DATA + LAYOUT_BYTES;

  /** Behind this there is room for one more operation with all that may come with it. */
  private static final int FULL = BYTES - 64;

  static final int FREE = 0x20;

  private static final int SPECIAL = 0xC0;
  private static final int STAMP = SPECIAL;
  private static final int LONG_STAMP = SPECIAL | 1;
  private static final int ADDRESS = SPECIAL | 2;
  private static final int SWITCH = SPECIAL | 3;
  static final int LARGE_ALLOCATE = SPECIAL | 4;
  static final int LARGE_FREE = SPECIAL | 5;
  private static final int ALIGN = SPECIAL | 6;

  /** Bytes of the special records, by kind. */
  private static final int[] SPECIAL_BYTES = {4, 9, 8, 9, 13, 7, 14};

  private static final int HEAD_BYTES = 1;
  private static final int ADDRESS_BYTES = 6;
  private static final int MAX_PAYLOAD_BITS = 32;
  private static final int ALIGNMENT_SHIFT = 4;

  private static final boolean LITTLE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

  private TraceCode() {}

  /** Writes what a reader has to know about the size classes; it stays for all times. */
  static void writeLayout(long buffer) {
    long at = buffer + DATA;
    RawMemory.putByte(at, (byte) VERSION);
    RawMemory.putByte(at + 1, (byte) SizeClasses.COUNT);
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      int units = SizeClasses.stride(sizeClass) >> ALIGNMENT_SHIFT;
      RawMemory.putByte(at + 2 + 2L * sizeClass, (byte) units);
      RawMemory.putByte(at + 3 + 2L * sizeClass, (byte) (units >> 8));
    }
  }

  /** Takes over when the next sample is due from the buffer that came before. */
  static void copySampling(long from, long to) {
    putInt(to + OPERATIONS, getInt(from + OPERATIONS));
    putInt(to + SAMPLE_AT, getInt(from + SAMPLE_AT));
    putInt(to + INTERVAL, getInt(from + INTERVAL));
  }

  /** Empties a buffer; the data must have been written, or be nobody's. */
  static void start(long buffer, long thread, long now) {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      putLong(buffer + LAST + (long) sizeClass * Long.BYTES, 0);
    }
    int toSample = getInt(buffer + SAMPLE_AT) - getInt(buffer + OPERATIONS);
    putInt(buffer + SAMPLE_AT, Math.max(1, toSample));
    putInt(buffer + OPERATIONS, 0);
    putInt(buffer + STAMP_AT, 1);
    putInt(buffer + DUE_AT, 1);
    putLong(buffer + TIME, now);
    putLong(buffer + START_TIME, now);
    putLong(buffer + THREAD, thread);
    putLong(buffer + START_THREAD, thread);
    putLongRelease(buffer + NEXT, buffer + RECORDS);
  }

  /** Largest size of each class, and behind it the bits of what a smaller one lacks to it. */
  private static final int[] SLACK = slack();

  private static final int SLACK_BITS_SHIFT = 5;

  private static int[] slack() {
    int[] slack = new int[SizeClasses.COUNT];
    int smaller = 0;
    for (int sizeClass = 0; sizeClass < slack.length; sizeClass++) {
      int stride = SizeClasses.stride(sizeClass);
      int bits = 32 - Integer.numberOfLeadingZeros(stride - smaller - 1);
      slack[sizeClass] = SizeClasses.usableBytes(sizeClass) << SLACK_BITS_SHIFT | bits;
      smaller = stride;
    }
    return slack;
  }

  /**
   * @return whether a stamp or a new start is due, as of all that append
   */
  static boolean allocated(long buffer, int sizeClass, long user, long requested) {
    int most = SLACK[sizeClass];
    int slack = (most >> SLACK_BITS_SHIFT) - (int) requested;
    return append(buffer, sizeClass, sizeClass, user, slack, most);
  }

  static boolean freed(long buffer, int sizeClass, long user) {
    return append(buffer, sizeClass, sizeClass | FREE, user, 0, 0);
  }

  private static boolean append(
      long buffer, int sizeClass, int head, long user, int slack, int slackBits) {
    long last = buffer + LAST + (long) sizeClass * Long.BYTES;
    long distance = (user - getLong(last)) >> ALIGNMENT_SHIFT;
    long payload = ((distance << 1) ^ (distance >> 63)) << (slackBits & 31) | slack;
    if (payload >>> MAX_PAYLOAD_BITS != 0) {
      appendAddress(buffer, sizeClass, user);
      payload = slack;
    }
    putLong(last, user);
    int bits = Math.max(16, Long.SIZE - Long.numberOfLeadingZeros(payload));
    int form = (bits - 9) >> 3;
    long next = getLong(buffer + NEXT) & ADDRESS_MASK;
    putLittle(next, payload << 8 | (long) form << 6 | head);
    return publish(buffer, next + 3 + form, 1);
  }

  private static boolean publish(long buffer, long next, int operations) {
    int count = getInt(buffer + OPERATIONS) + operations;
    putInt(buffer + OPERATIONS, count);
    // Without the fence the record above could become visible after the address behind it.
    VarHandle.releaseFence();
    putLong(buffer + NEXT, next);
    return count >= getInt(buffer + DUE_AT) || next > buffer + FULL;
  }

  /** Sets when something is due again. */
  static void schedule(long buffer) {
    putInt(buffer + DUE_AT, Math.min(getInt(buffer + STAMP_AT), getInt(buffer + SAMPLE_AT)));
  }

  static boolean isStampDue(long buffer) {
    return getInt(buffer + OPERATIONS) >= getInt(buffer + STAMP_AT);
  }

  static boolean isSampleDue(long buffer) {
    return getInt(buffer + OPERATIONS) >= getInt(buffer + SAMPLE_AT);
  }

  private static void appendAddress(long buffer, int sizeClass, long user) {
    long next = getLong(buffer + NEXT);
    RawMemory.putByte(next, (byte) ADDRESS);
    RawMemory.putByte(next + 1, (byte) sizeClass);
    putLittle(next + 2, user);
    putLongRelease(buffer + NEXT, next + SPECIAL_BYTES[ADDRESS & 63]);
  }

  static boolean largeAllocated(long buffer, long user, long size) {
    long next = getLong(buffer + NEXT);
    RawMemory.putByte(next, (byte) LARGE_ALLOCATE);
    putLittle(next + HEAD_BYTES, user);
    putLittle(next + HEAD_BYTES + ADDRESS_BYTES, size);
    return publish(buffer, next + SPECIAL_BYTES[LARGE_ALLOCATE & 63], 1);
  }

  static boolean largeFreed(long buffer, long user) {
    long next = getLong(buffer + NEXT);
    RawMemory.putByte(next, (byte) LARGE_FREE);
    putLittle(next + HEAD_BYTES, user);
    return publish(buffer, next + SPECIAL_BYTES[LARGE_FREE & 63], 1);
  }

  /** The block that was just allocated or freed is known to the user by a higher address. */
  static boolean aligned(long buffer, long block, long offset, int alignmentShift) {
    long next = getLong(buffer + NEXT);
    RawMemory.putByte(next, (byte) ALIGN);
    putLittle(next + HEAD_BYTES, block);
    putLittle(next + HEAD_BYTES + ADDRESS_BYTES, offset);
    RawMemory.putByte(next + HEAD_BYTES + 2 * ADDRESS_BYTES, (byte) alignmentShift);
    return publish(buffer, next + SPECIAL_BYTES[ALIGN & 63], 0);
  }

  /** What follows is another thread's. */
  static void switched(long buffer, long thread) {
    long next = getLong(buffer + NEXT);
    RawMemory.putByte(next, (byte) SWITCH);
    putLittle(next + HEAD_BYTES, thread);
    putLong(buffer + THREAD, thread);
    putLongRelease(buffer + NEXT, next + SPECIAL_BYTES[SWITCH & 63]);
  }

  /** The operations so far were done now. */
  static void stamp(long buffer, int interval) {
    long now = System.nanoTime();
    long elapsed = Math.max(0, now - getLong(buffer + TIME));
    long next = getLong(buffer + NEXT);
    boolean few = elapsed < 1 << 24;
    RawMemory.putByte(next, (byte) (few ? STAMP : LONG_STAMP));
    putLittle(next + HEAD_BYTES, elapsed);
    putLong(buffer + TIME, getLong(buffer + TIME) + elapsed);
    putInt(buffer + STAMP_AT, getInt(buffer + OPERATIONS) + interval);
    putLongRelease(buffer + NEXT, next + SPECIAL_BYTES[(few ? STAMP : LONG_STAMP) & 63]);
  }

  static boolean isFull(long buffer) {
    return getLong(buffer + NEXT) > buffer + FULL - SPECIAL_BYTES[LONG_STAMP & 63];
  }

  /** Operations among the records of a published range, which another thread may have written. */
  static int operations(long from, long to) {
    int operations = 0;
    long at = from;
    while (at < to) {
      int head = getByte(at) & 0xFF;
      if (head < SPECIAL) {
        operations++;
        at += 3 + (head >> 6);
      } else {
        operations += head == LARGE_ALLOCATE || head == LARGE_FREE ? 1 : 0;
        at += SPECIAL_BYTES[head & 63];
      }
    }
    return operations;
  }

  private static void putLittle(long address, long value) {
    putLong(address, LITTLE ? value : Long.reverseBytes(value));
  }
}
