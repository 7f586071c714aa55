package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.recording.RecordingPaths;
import io.hakmem.analysis.recording.RecordingReader.Outcome;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Recordings as tables: schema {@code jfr} holds one view per event type, named as the type, schema
 * {@code hakmem} what events refer to. Not thread-safe.
 */
public final class EventTables implements AutoCloseable {

  private final Database database;
  private final TemporaryFolder folder;
  private final Map<String, Long> counts = new HashMap<>();
  private final List<Outcome> outcomes = new ArrayList<>();

  private EventTables(Database database, TemporaryFolder folder) {
    this.database = database;
    this.folder = folder;
  }

  /**
   * Loads the recordings, in their order, into one set of tables that goes away with this object
   * and can be written to.
   *
   * @throws RecordingException for the first file of which nothing can be read
   */
  public static EventTables load(List<Path> recordings) throws RecordingException {
    return new StoreOpener(LoadOptions.temporary()).load(recordings, false);
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
    return new StoreOpener(options).open(RecordingPaths.expand(recordings));
  }

  /**
   * As {@link #open(List, LoadOptions)}, one recording by its own name.
   *
   * @throws RecordingException if nothing of it can be read
   */
  public static EventTables open(Path recording, LoadOptions options) throws RecordingException {
    return new StoreOpener(options).open(List.of(recording));
  }

  /**
   * Opens a store.
   *
   * @param folder for what does not fit into memory; deleted with this object
   * @throws SQLException if the file is no store
   */
  static EventTables open(Path file, TemporaryFolder folder, boolean readOnly) throws SQLException {
    EventTables tables = new EventTables(Database.open(file, folder.path(), readOnly), folder);
    try {
      tables.readContents();
      return tables;
    } catch (SQLException e) {
      tables.database.close();
      throw e;
    }
  }

  private void readContents() throws SQLException {
    try (Statement statement = database.connection().createStatement()) {
      try (ResultSet rows = statement.executeQuery("SELECT * FROM hakmem.event_types")) {
        while (rows.next()) {
          counts.put(rows.getString(1), rows.getLong(2));
        }
      }
      try (ResultSet rows = statement.executeQuery("SELECT * FROM hakmem.recordings")) {
        while (rows.next()) {
          outcomes.add(
              new Outcome(
                  Path.of(rows.getString(1)), rows.getLong(2), rows.getLong(3), rows.getString(4)));
        }
      }
    }
  }

  /** The outcomes under today's names: a cache may have been made of copies elsewhere. */
  EventTables named(List<Path> recordings) {
    for (int i = 0; i < Math.min(outcomes.size(), recordings.size()); i++) {
      Outcome old = outcomes.get(i);
      outcomes.set(i, new Outcome(recordings.get(i), old.bytes(), old.events(), old.damage()));
    }
    return this;
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
    return counts.containsKey(eventType);
  }

  /** Events of all types whose names start so. */
  public long countPrefix(String prefix) {
    return counts.entrySet().stream()
        .filter(entry -> entry.getKey().startsWith(prefix))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  @Override
  public void close() {
    database.close();
    folder.close();
  }
}
