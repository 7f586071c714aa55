package io.hakmem.analysis.tables;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;
import jdk.jfr.consumer.RecordedEvent;

/** One event type as a table of schema {@code jfr}: its name is the type's, a column per field. */
final class EventTable {

  private final String name;
  private final Database database;
  private final Dictionaries dictionaries;
  private EventType layout;
  private Batch batch = new Batch();
  private List<Field> fields = List.of();
  private TableWriter writer;

  EventTable(Database database, Dictionaries dictionaries, EventType type) {
    this.database = database;
    this.dictionaries = dictionaries;
    this.name = "jfr." + Sql.identifier(type.getName());
    this.layout = type;
    this.writer = plan(type);
    writer.create();
  }

  void add(RecordedEvent event) {
    if (event.getEventType() != layout) {
      follow(event.getEventType());
    }
    for (Field field : fields) {
      field.add(event);
    }
    if (writer.full()) {
      flush();
    }
  }

  /** Another chunk or file may know other fields for the same name. */
  private void follow(EventType type) {
    if (!sameFields(type, layout)) {
      flush();
      batch = new Batch();
      writer = plan(type);
      writer.widen();
    }
    layout = type;
  }

  private static boolean sameFields(EventType a, EventType b) {
    return signature(a).equals(signature(b));
  }

  private static List<String> signature(EventType type) {
    return type.getFields().stream().map(f -> f.getName() + " " + f.getTypeName()).toList();
  }

  /** What was referred to must be stored before the events that refer to it. */
  void flush() {
    if (batch.rows() > 0) {
      dictionaries.flush();
      writer.flush();
    }
  }

  /** Nothing is ever lost silently: what was read must be there. */
  void verify(long events) {
    long rows = database.count(name);
    if (rows != events) {
      throw new TablesException(name + " has " + rows + " rows for " + events + " events");
    }
  }

  private TableWriter plan(EventType type) {
    Fields planner = new Fields(batch, dictionaries);
    Map<String, Field> planned = new LinkedHashMap<>();
    for (ValueDescriptor value : type.getFields()) {
      planned.put(value.getName(), planner.plan(value));
    }
    fields = List.copyOf(planned.values());
    List<String> selection = new ArrayList<>();
    planned.forEach(
        (column, field) -> selection.add(field.expression() + " AS " + Sql.identifier(column)));
    return new TableWriter(database, batch, name, String.join(", ", selection), planner.joins());
  }
}
