package io.hakmem.analysis.trace;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.CRC32C;
import jdk.jfr.consumer.RecordedEvent;

/**
 * One event of a trace.
 *
 * @param startTime of its first operation, nanoseconds since 1970
 * @param data what the operations are packed into
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
    long recordedFrom,
    long startTime,
    long checksum,
    byte[] data) {

  private static final String RECORDED_FROM = "recordedFrom";

  private static final long NANOS = 1_000_000_000L;

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
        // Recordings of the first builds lack it.
        event.hasField(RECORDED_FROM) ? event.getLong(RECORDED_FROM) : 0,
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
   * @throws TraceException if the checksum is that of other data
   */
  void verify() throws TraceException {
    CRC32C sum = new CRC32C();
    sum.update(data);
    if (sum.getValue() != checksum) {
      throw new TraceException("the checksum is wrong");
    }
  }
}
