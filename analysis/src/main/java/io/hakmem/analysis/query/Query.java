package io.hakmem.analysis.query;

import io.hakmem.analysis.tables.Database;
import io.hakmem.analysis.tables.EventTables;
import java.util.Arrays;
import java.util.List;

/**
 * A question as data: one {@code .sql} resource with a header.
 *
 * @param name the resource's name without its ending
 * @param title what it answers, one line
 * @param unit of its numbers
 * @param events the event types whose tables it reads
 * @param sql the statement
 */
public record Query(String name, String title, String unit, List<String> events, String sql) {

  /** The query {@code queries/NAME.sql}. */
  public static Query named(String name) {
    return read("queries/" + name);
  }

  /** A query by its resource's path under this module's folder, without the ending. */
  public static Query read(String path) {
    String text = Database.resource(path + ".sql");
    List<String> events =
        Arrays.stream(header(text, "events").split(",", -1))
            .map(String::strip)
            .filter(event -> !event.isEmpty())
            .toList();
    String name = path.substring(path.lastIndexOf('/') + 1);
    return new Query(name, header(text, "title"), header(text, "unit"), events, text);
  }

  private static String header(String text, String key) {
    String start = "-- " + key + ":";
    return text.lines()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .map(line -> line.substring(start.length()).strip())
        .orElseThrow(() -> new IllegalArgumentException("a query lacks the header " + start));
  }

  /** Whether the recording knows every event type that the query reads. */
  public boolean answerable(EventTables tables) {
    return events.stream().allMatch(tables::knows);
  }
}
