package io.hakmem.analysis.query;

import io.hakmem.analysis.tables.EventTables;
import io.hakmem.analysis.tables.TablesException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Runs our own queries over loaded recordings. Not thread-safe. */
public final class QueryRunner {

  /** How DuckDB's errors about names and types begin. */
  private static final List<String> UNFIT =
      List.of("Binder Error", "Catalog Error", "Conversion Error", "Invalid Input Error");

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
      throw failure(query, e);
    }
  }

  /**
   * Our own queries are right for the events that they are made for, so what they do not find is
   * the recording's.
   */
  public static RuntimeException failure(String query, SQLException failure) {
    String message = String.valueOf(failure.getMessage());
    return UNFIT.stream().anyMatch(message::startsWith)
        ? new UnfitEventsException(query, failure)
        : new TablesException("query " + query + " failed", failure);
  }
}
