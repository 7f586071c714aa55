package io.hakmem.analysis.trial;

import io.hakmem.analysis.recording.EventSink;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;

/** The numbers of one field of one event type. */
final class EventValues implements EventSink {

  private final String type;
  private final String field;
  private final List<Double> values = new ArrayList<>();

  private EventValues(String type, String field) {
    this.type = type;
    this.field = field;
  }

  /** Of {@code TYPE:FIELD}. */
  static EventValues of(String wanted) {
    int colon = wanted.indexOf(':');
    return new EventValues(wanted.substring(0, colon), wanted.substring(colon + 1));
  }

  @Override
  public void types(List<EventType> types) {
    // Only events count.
  }

  @Override
  public void event(RecordedEvent event) {
    if (event.getEventType().getName().equals(type)
        && event.hasField(field)
        && event.getValue(field) instanceof Number number
        && number.doubleValue() > 0) {
      values.add(number.doubleValue());
    }
  }

  boolean isEmpty() {
    return values.isEmpty();
  }

  double median() {
    return Statistics.median(values);
  }
}
