package io.hakmem.analysis.recording;

/**
 * One field of a type.
 *
 * @param constant whether the value is a key of the chunk's constants of that type
 * @param array whether there are any number of values, their count first
 * @param unit what a number means if it is a time
 */
public record FieldLayout(
    String name, TypeLayout type, boolean constant, boolean array, TimeUnit unit) {

  /** Units of points in time and of spans. */
  public enum TimeUnit {
    NONE,
    TICKS_SINCE_START,
    MILLISECONDS_SINCE_EPOCH,
    SPAN_TICKS,
    SPAN_NANOSECONDS,
    SPAN_MICROSECONDS,
    SPAN_MILLISECONDS,
    SPAN_SECONDS;

    /** Whether it is a point in time. */
    public boolean isTimestamp() {
      return this == TICKS_SINCE_START || this == MILLISECONDS_SINCE_EPOCH;
    }
  }

  /** The same field by another name. */
  public FieldLayout named(String newName) {
    return new FieldLayout(newName, type, constant, array, unit);
  }

  /** Moves behind one value of the field. */
  public void skip(ByteCursor in) {
    int count = array ? in.readLength() : 1;
    for (int i = 0; i < count; i++) {
      if (constant) {
        in.readLong();
      } else {
        type.skip(in);
      }
    }
  }
}
