package io.hakmem.analysis.tables;

import io.hakmem.analysis.tables.FieldPlan.Lookup;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * An event type as a view of schema {@code jfr}, named as the type, a column per field. Chunks and
 * files may know different fields for one name: each layout has a table of its own, and the view
 * shows all of them together.
 */
final class EventType {

  private static final Set<String> NUMBERS =
      Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "REAL", "DOUBLE");

  private final String name;
  private final Map<String, EventTable> layouts = new LinkedHashMap<>();

  EventType(String name) {
    this.name = name;
  }

  /** As SQL knows it. */
  String name() {
    return name;
  }

  /** The table for a layout, of a name that no other has. */
  EventTable table(StoreWriter store, Names tables, List<FieldPlan> plans) {
    return layouts.computeIfAbsent(
        EventTable.declarations(plans), key -> new EventTable(store, tables.distinct(name), plans));
  }

  long events() {
    return layouts.values().stream().mapToLong(EventTable::events).sum();
  }

  /** Hands over the last rows; nothing is ever lost silently: what was read must be there. */
  void finish(StoreWriter store) {
    for (EventTable table : layouts.values()) {
      table.close();
      long rows = store.query("SELECT count(*) FROM " + table.name());
      if (rows != table.events()) {
        throw new TablesException(
            name + " has " + rows + " rows for " + table.events() + " events");
      }
    }
  }

  String createView() {
    Set<String> conflicts = conflicts();
    List<String> selections = new ArrayList<>();
    for (EventTable table : layouts.values()) {
      List<String> columns = new ArrayList<>();
      for (FieldPlan plan : table.plans()) {
        String column = Sql.identifier(plan.name());
        String seen = plan.view().of("r." + column, 0);
        columns.add(
            (conflicts.contains(key(plan)) ? "CAST(%s AS VARCHAR)".formatted(seen) : seen)
                + " AS "
                + column);
      }
      boolean joined = table.plans().stream().anyMatch(p -> p.lookup() == Lookup.JOINED);
      selections.add(
          "SELECT %s FROM %s r%s"
              .formatted(
                  String.join(", ", columns),
                  table.name(),
                  joined ? " CROSS JOIN hakmem.lookup" : ""));
    }
    return "CREATE VIEW jfr.%s AS %s;"
        .formatted(Sql.identifier(name), String.join(" UNION ALL BY NAME ", selections));
  }

  /** Columns whose types in two layouts have nothing in common; they become text. */
  private Set<String> conflicts() {
    Map<String, String> types = new LinkedHashMap<>();
    Set<String> conflicts = new TreeSet<>();
    for (EventTable table : layouts.values()) {
      for (FieldPlan plan : table.plans()) {
        String other = types.putIfAbsent(key(plan), plan.type());
        if (other != null
            && !other.equals(plan.type())
            && !(NUMBERS.contains(other) && NUMBERS.contains(plan.type()))) {
          conflicts.add(key(plan));
        }
      }
    }
    return conflicts;
  }

  /** To DuckDB names that differ only in case are one column. */
  private static String key(FieldPlan plan) {
    return plan.name().toLowerCase(Locale.ROOT);
  }
}
