package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.ByteCursor;
import io.hakmem.analysis.recording.ChunkHeader;
import io.hakmem.analysis.recording.FieldLayout;
import io.hakmem.analysis.recording.TypeLayout.Kind;

/** Points in time and spans, all as nanoseconds. */
final class Times {

  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;
  private static final long SECOND = 1_000_000_000;

  private Times() {}

  /** Reads a whole number. */
  interface NumberReader {
    long read(ByteCursor in);
  }

  /** The bits as they were recorded: an unsigned value keeps its width. */
  static NumberReader raw(Kind kind) {
    return switch (kind) {
      case BYTE -> ByteCursor::readByte;
      case SHORT -> ByteCursor::readShort;
      case INT -> ByteCursor::readInt;
      default -> ByteCursor::readLong;
    };
  }

  static FieldReader reader(FieldLayout field, ChunkHeader header, FixedColumn column) {
    NumberReader number = raw(field.type().kind());
    return switch (field.unit()) {
      case TICKS_SINCE_START ->
          in -> {
            long ticks = number.read(in);
            if (ticks == Long.MIN_VALUE) {
              column.addNull();
            } else {
              column.add(header.nanosAt(ticks));
            }
          };
      case MILLISECONDS_SINCE_EPOCH ->
          in -> {
            long millis = number.read(in);
            if (millis > Long.MAX_VALUE / MILLI || millis < Long.MIN_VALUE / MILLI) {
              column.addNull();
            } else {
              column.add(millis * MILLI);
            }
          };
      case SPAN_TICKS -> in -> column.add(spanOfTicks(number.read(in), header));
      case SPAN_MICROSECONDS -> in -> column.add(span(number.read(in), MICRO));
      case SPAN_MILLISECONDS -> in -> column.add(span(number.read(in), MILLI));
      case SPAN_SECONDS -> in -> column.add(span(number.read(in), SECOND));
      case NONE, SPAN_NANOSECONDS -> in -> column.add(number.read(in));
    };
  }

  /** JFR's extreme values mean absent or for ever and stay extreme. */
  private static long spanOfTicks(long ticks, ChunkHeader header) {
    return ticks == Long.MIN_VALUE || ticks == Long.MAX_VALUE ? ticks : header.nanosOf(ticks);
  }

  private static long span(long count, long nanos) {
    if (count > Long.MAX_VALUE / nanos) {
      return Long.MAX_VALUE;
    }
    return count < Long.MIN_VALUE / nanos ? Long.MIN_VALUE : count * nanos;
  }
}
