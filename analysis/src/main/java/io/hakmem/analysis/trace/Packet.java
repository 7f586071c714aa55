package io.hakmem.analysis.trace;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.zip.CRC32C;
import jdk.jfr.consumer.RecordedEvent;

/**
 * One event of a trace.
 *
 * @param startTime of its first operation, nanoseconds since 1970
 * @param characters of the data, 7 bits in each
 */
@SuppressWarnings("ArrayRecordComponent") // one event of many, never compared
record Packet(
    int version,
    long stream,
    long thread,
    String threadName,
    long first,
    int operations,
    int repeated,
    long lost,
    long startTime,
    long checksum,
    byte[] characters) {

  private static final long NANOS = 1_000_000_000L;
  private static final int BITS = 7;

  static Packet of(RecordedEvent event) {
    Instant written = event.getStartTime();
    return new Packet(
        event.getInt("version"),
        event.getLong("stream"),
        event.getLong("threadId"),
        event.getString("threadName"),
        event.getLong("firstOperation"),
        event.getInt("operations"),
        event.getInt("repeatedOperations"),
        event.getLong("lostOperations"),
        written.getEpochSecond() * NANOS + written.getNano() - event.getLong("age"),
        event.getLong("checksum"),
        event.getString("data").getBytes(StandardCharsets.ISO_8859_1));
  }

  /** Number of the first operation that no earlier packet has. */
  long fresh() {
    return first + repeated;
  }

  /** Number of the operation behind the last. */
  long end() {
    return first + operations;
  }

  /**
   * The data as bytes; up to 6 zeros follow them, and the checksum says how many.
   *
   * @throws TraceException if the checksum does not fit any length
   */
  byte[] bytes() throws TraceException {
    byte[] bytes = new byte[characters.length * BITS / Byte.SIZE];
    long buffer = 0;
    int bits = 0;
    int at = 0;
    for (byte character : characters) {
      buffer |= (character & 0x7FL) << bits;
      bits += BITS;
      if (bits >= Byte.SIZE) {
        bytes[at++] = (byte) buffer;
        buffer >>>= Byte.SIZE;
        bits -= Byte.SIZE;
      }
    }
    return trimmed(bytes);
  }

  private byte[] trimmed(byte[] bytes) throws TraceException {
    CRC32C sum = new CRC32C();
    int shortest = Math.max(0, bytes.length - BITS + 1);
    sum.update(bytes, 0, shortest);
    for (int length = shortest; length <= bytes.length; length++) {
      if (sum.getValue() == checksum) {
        return Arrays.copyOf(bytes, length);
      }
      if (length < bytes.length) {
        sum.update(bytes[length]);
      }
    }
    throw new TraceException("the checksum is wrong");
  }
}
