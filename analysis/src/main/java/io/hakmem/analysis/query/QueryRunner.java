package io.hakmem.analysis.query;

import io.hakmem.analysis.tables.EventTables;
import io.hakmem.analysis.tables.TablesException;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs queries over loaded recordings. Not thread-safe. */
public final class QueryRunner {

  private static final Set<Integer> NUMBERS =
      Set.of(
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.DECIMAL,
          Types.NUMERIC);

  private final EventTables tables;

  public QueryRunner(EventTables tables) {
    this.tables = tables;
  }

  /** Makes a value of one row; columns count from 1. */
  public interface RowMapper<T> {
    T map(ResultSet row) throws SQLException;
  }

  /** The rows of one of our own queries; none where the recording lacks its event types. */
  public <T> List<T> list(String query, RowMapper<T> mapper) {
    Query named = Query.named(query);
    List<T> result = new ArrayList<>();
    if (!named.answerable(tables)) {
      return result;
    }
    try (Statement statement = tables.database().connection().createStatement();
        ResultSet rows = statement.executeQuery(named.sql())) {
      while (rows.next()) {
        result.add(mapper.map(rows));
      }
      return result;
    } catch (SQLException e) {
      throw new TablesException("query " + query + " failed", e);
    }
  }

  /**
   * The result of a user's own SQL.
   *
   * @throws QueryException if the database refuses it
   */
  public QueryResult run(String sql) throws QueryException {
    try (Statement statement = tables.database().connection().createStatement()) {
      if (!statement.execute(sql)) {
        return new QueryResult(List.of(), List.of(), List.of());
      }
      try (ResultSet rows = statement.getResultSet()) {
        return read(rows);
      }
    } catch (SQLException e) {
      throw new QueryException(oneLine(e), e);
    }
  }

  private static QueryResult read(ResultSet rows) throws SQLException {
    ResultSetMetaData metadata = rows.getMetaData();
    List<String> columns = new ArrayList<>();
    List<Boolean> numeric = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      columns.add(metadata.getColumnLabel(i));
      numeric.add(NUMBERS.contains(metadata.getColumnType(i)));
    }
    List<List<@Nullable Object>> values = new ArrayList<>();
    while (rows.next()) {
      List<@Nullable Object> row = new ArrayList<>();
      for (int i = 1; i <= columns.size(); i++) {
        row.add(rows.getObject(i));
      }
      values.add(row);
    }
    return new QueryResult(columns, numeric, values);
  }

  /** DuckDB's message without the picture of the statement that follows it. */
  private static String oneLine(SQLException e) {
    return String.valueOf(e.getMessage())
        .lines()
        .takeWhile(line -> !line.startsWith("LINE "))
        .filter(line -> !line.isBlank())
        .collect(Collectors.joining(" "));
  }
}
