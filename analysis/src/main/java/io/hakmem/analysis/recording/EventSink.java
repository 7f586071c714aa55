package io.hakmem.analysis.recording;

import java.util.List;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;

/** Takes what a recording holds, in the file's order. */
public interface EventSink {

  /** The event types of the file's metadata, also those without events; comes before the events. */
  void types(List<EventType> types);

  /** One event; it may be of a type that {@link #types} did not name. */
  void event(RecordedEvent event);
}
