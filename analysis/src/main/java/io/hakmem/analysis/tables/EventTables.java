package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.EventSink;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.recording.RecordingReader;
import io.hakmem.analysis.recording.RecordingReader.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;

/**
 * Recordings as tables: schema {@code jfr} holds one table per event type, named as the type,
 * schema {@code hakmem} what events refer to. Memory is bounded by one batch per event type and the
 * dictionaries, not by the number of events.
 */
public final class EventTables implements EventSink, AutoCloseable {

  private final Database database;
  private final Dictionaries dictionaries;
  private final Map<String, EventTable> tables = new HashMap<>();
  private final Map<String, Long> counts = new HashMap<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  private EventTables(Database database) {
    this.database = database;
    this.dictionaries = new Dictionaries(database);
  }

  /**
   * Loads the recordings, in their order, into one set of tables.
   *
   * @throws RecordingException for the first file of which nothing can be read
   */
  public static EventTables load(List<Path> recordings) throws RecordingException {
    long bytes = recordings.stream().mapToLong(EventTables::size).sum();
    EventTables tables = new EventTables(Database.create(bytes));
    try {
      tables.database.beginLoad();
      for (Path recording : recordings) {
        tables.outcomes.add(RecordingReader.read(recording, tables));
      }
      tables.finish();
      return tables;
    } catch (RecordingException | RuntimeException e) {
      tables.close();
      throw e;
    }
  }

  /**
   * Opens recordings for questions: read-only, with schema, functions and views in place; from the
   * cache where there is a good one. A folder stands for the recordings in it, a pattern such as
   * {@code *.jfr} for those that match.
   *
   * @throws RecordingException for the first file of which nothing can be read
   */
  public static EventTables open(List<Path> recordings, LoadOptions options)
      throws RecordingException {
    return load(recordings);
  }

  /** The reader says what is wrong with a file that has no size. */
  private static long size(Path recording) {
    try {
      return Files.size(recording);
    } catch (IOException e) {
      return 0;
    }
  }

  public Database database() {
    return database;
  }

  /** How the reading of each file went. */
  public List<Outcome> outcomes() {
    return List.copyOf(outcomes);
  }

  /** Events of a type; 0 where there is none or the type is unknown. */
  public long count(String eventType) {
    return counts.getOrDefault(eventType, 0L);
  }

  /** Whether a table of the type exists, be it empty. */
  public boolean knows(String eventType) {
    return tables.containsKey(eventType);
  }

  /** Events of all types whose names start so. */
  public long countPrefix(String prefix) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  @Override
  public void types(List<EventType> types) {
    types.forEach(this::table);
  }

  @Override
  public void event(RecordedEvent event) {
    EventType type = event.getEventType();
    table(type).add(event);
    counts.merge(type.getName(), 1L, Long::sum);
  }

  private EventTable table(EventType type) {
    return tables.computeIfAbsent(
        type.getName(), name -> new EventTable(database, dictionaries, type));
  }

  private void finish() {
    tables.values().forEach(EventTable::flush);
    dictionaries.flush();
    for (Outcome outcome : outcomes) {
      database.execute(
          "INSERT INTO hakmem.recordings VALUES (%s, %d, %d, %s)"
              .formatted(
                  Sql.text(outcome.file().toString()),
                  outcome.bytes(),
                  outcome.events(),
                  Sql.text(outcome.damage())));
    }
    database.endLoad();
    tables.forEach((type, table) -> table.verify(count(type)));
  }

  @Override
  public void close() {
    database.close();
  }
}
