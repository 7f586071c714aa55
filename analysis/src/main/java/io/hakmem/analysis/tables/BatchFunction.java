package io.hakmem.analysis.tables;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;

/**
 * The SQL table function {@code hakmem_batch(n)}: hands the rows of a registered {@link Batch} to
 * DuckDB a vector at a time. It stands in for the row-by-row appender, which costs several times
 * the parsing. State lives in the cursor that {@link #init} makes, since DuckDB picks the thread.
 */
final class BatchFunction
    implements DuckDBTableFunction<Batch, BatchFunction.Cursor, BatchFunction.Nothing> {

  static final String NAME = "hakmem_batch";

  private final List<Batch> batches = new ArrayList<>();

  /** How far one scan of a batch has come. */
  static final class Cursor {
    private int position;
  }

  /** There is no state by thread. */
  static final class Nothing {}

  void register(Connection connection) throws SQLException {
    try (var builder = DuckDBFunctions.tableFunction()) {
      builder.withName(NAME).withParameter(Long.class).withFunction(this).register(connection);
    }
  }

  /** The number by which SQL can name the batch. */
  synchronized int add(Batch batch) {
    batches.add(batch);
    return batches.size() - 1;
  }

  private synchronized Batch get(long number) {
    return batches.get((int) number);
  }

  @Override
  public Batch bind(DuckDBTableFunctionBindInfo info) throws SQLException {
    Batch batch;
    try (var number = info.getParameter(0)) {
      batch = get(number.getLong());
    }
    int position = 0;
    for (BatchColumn column : batch.columns()) {
      info.addResultColumn(Batch.name(position++), column.type());
    }
    info.setCardinality(batch.rows(), true);
    return batch;
  }

  @Override
  public Cursor init(DuckDBTableFunctionInitInfo info) {
    info.setMaxThreads(1);
    return new Cursor();
  }

  @Override
  public Nothing localInit(DuckDBTableFunctionInitInfo info) {
    return new Nothing();
  }

  @Override
  public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) {
    Batch batch = info.getBindData();
    Cursor cursor = info.getInitData();
    int count = (int) Math.min(chunk.capacity(), batch.rows() - cursor.position);
    int position = 0;
    for (BatchColumn column : batch.columns()) {
      column.write(chunk.vector(position++), cursor.position, count);
    }
    cursor.position += count;
    return count;
  }
}
