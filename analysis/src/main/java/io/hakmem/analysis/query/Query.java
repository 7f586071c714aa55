package io.hakmem.analysis.query;

import io.hakmem.analysis.tables.Database;
import io.hakmem.analysis.tables.EventTables;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A question as data: one {@code .sql} file with a header.
 *
 * @param name the file's name without its ending
 * @param title what it answers, one line
 * @param unit of its numbers
 * @param events the event types whose tables it reads; {@code A | B} where either will do
 * @param description how to read the answer; may be empty
 * @param sql the statement
 */
public record Query(
    String name, String title, String unit, List<String> events, String description, String sql) {

  /** The query {@code queries/NAME.sql}. */
  public static Query named(String name) {
    return read("queries/" + name);
  }

  /** A query by its resource's path under this module's folder, without the ending. */
  public static Query read(String path) {
    return parse(path.substring(path.lastIndexOf('/') + 1), Database.resource(path + ".sql"));
  }

  /**
   * A query from the text of its file.
   *
   * @throws IllegalArgumentException if the header lacks title, unit or events
   */
  public static Query parse(String name, String text) {
    List<String> events =
        Arrays.stream(required(text, "events").split(",", -1))
            .map(String::strip)
            .filter(event -> !event.isEmpty())
            .toList();
    return new Query(
        name,
        required(text, "title"),
        required(text, "unit"),
        events,
        header(text, "description"),
        text);
  }

  private static String required(String text, String key) {
    if (text.lines().noneMatch(line -> line.startsWith(start(key)))) {
      throw new IllegalArgumentException("a query lacks the header \"" + start(key) + "\"");
    }
    return header(text, key);
  }

  /** A long description takes several lines of the same key. */
  private static String header(String text, String key) {
    return text.lines()
        .filter(line -> line.startsWith(start(key)))
        .map(line -> line.substring(start(key).length()).strip())
        .collect(Collectors.joining(" "));
  }

  private static String start(String key) {
    return "-- " + key + ":";
  }

  /** Whether samples and methods must have their layers before it can run. */
  public boolean readsLayers() {
    return sql.contains("temp.sample_layers") || sql.contains("temp.method_layers");
  }

  /** Whether the recording knows every event type that the query reads. */
  public boolean answerable(EventTables tables) {
    return missing(tables).isEmpty();
  }

  /** The entries of {@link #events} that the recording does not know. */
  public List<String> missing(EventTables tables) {
    return events.stream()
        .filter(entry -> alternatives(entry).stream().noneMatch(tables::knows))
        .toList();
  }

  /** The event types of one entry of {@link #events}. */
  public static List<String> alternatives(String entry) {
    return Arrays.stream(entry.split("\\|", -1)).map(String::strip).toList();
  }
}
