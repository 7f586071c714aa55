package io.hakmem.analysis.tables;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** Fills one table: rows gather in columns, a vector's worth at a time goes over to DuckDB. */
final class TableWriter {

  /** Rows of DuckDB's vectors. */
  private static final int ROWS = 2048;

  /** Large events go over before there are that many. */
  private static final int BYTES = 16 << 20;

  private final StoreWriter store;
  private final String schema;
  private final String table;
  private final List<? extends Column> columns;
  private MemorySegment appender = MemorySegment.NULL;
  private MemorySegment chunk = MemorySegment.NULL;
  private int rows;
  private int bytes;

  /**
   * @param columns all columns of the table, in its order
   */
  TableWriter(StoreWriter store, String schema, String table, List<? extends Column> columns) {
    this.store = store;
    this.schema = schema;
    this.table = table;
    this.columns = columns;
  }

  /** Counts a row whose values were added to the columns. */
  void added() {
    added(0);
  }

  /** As {@link #added()}, of a row that took so many bytes of the recording. */
  void added(int rowBytes) {
    bytes += rowBytes;
    if (++rows == ROWS || bytes > BYTES) {
      flush();
    }
  }

  /**
   * Forgets values of a row that was not counted, also those inside of a struct or a list that is
   * not complete.
   */
  void undo() {
    columns.forEach(column -> column.truncate(rows));
  }

  private void flush() {
    if (appender.equals(MemorySegment.NULL)) {
      appender = DuckDbLibrary.createAppender(store.connection(), schema, table);
      chunk = DuckDbLibrary.createChunk(appender, columns.size());
      store.opened(this);
    }
    for (int i = 0; i < columns.size(); i++) {
      columns.get(i).write(DuckDbLibrary.vector(chunk, i));
    }
    DuckDbLibrary.append(appender, chunk, rows);
    columns.forEach(column -> column.truncate(0));
    rows = 0;
    bytes = 0;
  }

  /** Hands over the rest; more rows may follow. */
  void close() {
    if (rows > 0) {
      flush();
    }
    if (!appender.equals(MemorySegment.NULL)) {
      DuckDbLibrary.flush(appender);
      abandon();
    }
  }

  /** Gives back what it holds of the library. */
  void abandon() {
    if (!appender.equals(MemorySegment.NULL)) {
      DuckDbLibrary.destroyChunk(chunk);
      DuckDbLibrary.destroyAppender(appender);
      appender = MemorySegment.NULL;
    }
  }
}
