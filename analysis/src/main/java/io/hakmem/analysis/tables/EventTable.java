package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.ByteCursor;
import io.hakmem.analysis.recording.FieldLayout;
import io.hakmem.analysis.recording.MalformedChunkException;
import io.hakmem.analysis.recording.TypeLayout;
import java.util.List;

/** The stored rows of one layout of one event type. */
final class EventTable {

  static final String SCHEMA = "rows";

  private final String table;
  private final List<FieldPlan> plans;
  private final TableWriter writer;
  private long events;

  EventTable(StoreWriter store, String table, List<FieldPlan> plans) {
    this.table = table;
    this.plans = plans;
    store.execute("CREATE TABLE %s (%s)".formatted(name(), declarations(plans)));
    writer = new TableWriter(store, SCHEMA, table, plans.stream().map(FieldPlan::column).toList());
  }

  /** The columns of a table, as SQL declares them; the same text means the same layout. */
  static String declarations(List<FieldPlan> plans) {
    return String.join(", ", plans.stream().map(Fields::declaration).toList());
  }

  /** The quoted name. */
  String name() {
    return SCHEMA + "." + Sql.identifier(table);
  }

  List<FieldPlan> plans() {
    return plans;
  }

  long events() {
    return events;
  }

  /** The way in for events of one type of one chunk, which has constants of its own. */
  Entry bind(TypeLayout layout, Chunk chunk) {
    List<FieldLayout> fields = layout.fields();
    FieldReader[] bound = new FieldReader[plans.size()];
    for (int i = 0; i < bound.length; i++) {
      bound[i] = plans.get(i).binder().bind(fields.get(i), chunk);
    }
    return new Entry(bound);
  }

  /** Reads events into the table. Several types of a chunk may share one table. */
  final class Entry {

    private final FieldReader[] readers;

    private Entry(FieldReader[] readers) {
      this.readers = readers;
    }

    void add(ByteCursor in, int end) {
      int start = in.position();
      for (FieldReader reader : readers) {
        reader.read(in);
      }
      if (in.position() > end) {
        throw new MalformedChunkException("an event is longer than it says");
      }
      events++;
      writer.added(end - start);
    }

    /** Forgets an event that made no sense in its middle. */
    void undo() {
      writer.undo();
    }
  }

  void close() {
    writer.close();
  }
}
