package io.hakmem.analysis.tables;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A database file that is being filled, in one transaction. Not thread-safe. */
final class StoreWriter implements AutoCloseable {

  private static final String MEMORY = "400MB";

  private final DuckDbLibrary.Connection connection;
  private final List<TableWriter> open = new ArrayList<>();

  StoreWriter(Path file) {
    connection =
        DuckDbLibrary.open(
            file.toString(),
            "memory_limit",
            MEMORY,
            "preserve_insertion_order",
            "true",
            "temp_directory",
            file + ".tmp");
    // They search every text for patterns: half of the CPU time of a recording with large texts.
    execute("SET disabled_compression_methods = 'fsst,zstd,dict_fsst'");
    execute("BEGIN");
    execute(Database.resource("schema.sql"));
  }

  /** Remembers a writer that holds something of the library. */
  void opened(TableWriter writer) {
    open.add(writer);
  }

  DuckDbLibrary.Connection connection() {
    return connection;
  }

  void execute(String sql) {
    DuckDbLibrary.query(connection, sql);
  }

  /** The number in the first row of the result. */
  long query(String sql) {
    return DuckDbLibrary.query(connection, sql);
  }

  void commit() {
    execute("COMMIT");
    execute("CHECKPOINT");
  }

  @Override
  public void close() {
    open.forEach(TableWriter::abandon);
    DuckDbLibrary.close(connection);
  }
}
