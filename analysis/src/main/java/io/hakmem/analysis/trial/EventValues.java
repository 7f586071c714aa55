package io.hakmem.analysis.trial;

import io.hakmem.analysis.recording.EventSink;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;

/** The numbers of one field of one event type. */
final class EventValues implements EventSink {

  private final String type;
  private final String field;
  private final List<Double> values = new ArrayList<>();
  private List<String> fields = List.of();
  private boolean known;
  private long events;
  private String other = "";

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
    for (EventType found : types) {
      if (found.getName().equals(type)) {
        known = true;
        fields = found.getFields().stream().map(ValueDescriptor::getName).toList();
      }
    }
  }

  @Override
  public void event(RecordedEvent event) {
    if (!event.getEventType().getName().equals(type)) {
      return;
    }
    events++;
    Object value = event.hasField(field) ? event.getValue(field) : null;
    if (value instanceof Number number
        && Double.isFinite(number.doubleValue())
        && number.doubleValue() > 0) {
      values.add(number.doubleValue());
    } else if (event.hasField(field)) {
      other = String.valueOf(value);
    }
  }

  /** The median, or why there is none. */
  Reading reading() {
    return values.isEmpty()
        ? new Reading(Double.NaN, problem())
        : new Reading(Statistics.median(values), "");
  }

  private String problem() {
    if (!known && events == 0) {
      return "it knows no event " + type + "; is that its @Name, and was its class loaded?";
    }
    if (events == 0) {
      return "it wrote no event " + type;
    }
    if (other.isEmpty()) {
      return "its event " + type + " has no field " + field + ", only " + String.join(", ", fields);
    }
    return "no value of "
        + type
        + ":"
        + field
        + " is a number above zero, the last is '"
        + other
        + "'";
  }
}
