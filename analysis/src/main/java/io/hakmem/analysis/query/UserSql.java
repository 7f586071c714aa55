package io.hakmem.analysis.query;

import io.hakmem.analysis.tables.TablesException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Runs SQL that a user wrote, and keeps it from anything but reading the store.
 *
 * <p>Three locks, since none is enough. DuckDB's {@code enable_external_access = false} closes the
 * file system, but leaves the store's own files and the folder for temporary ones open, also to
 * {@code COPY … TO}. A read-only transaction keeps the tables as they are, but not files. So the
 * parser's tree decides first: nothing but SELECT anywhere in it, or the statement does not run.
 *
 * <p>Not thread-safe, but for {@link #cancel}.
 */
public final class UserSql {

  /** Nodes of the parser's tree that only read. */
  private static final Set<String> READING =
      Set.of(
          "SELECT_NODE",
          "SET_OPERATION_NODE",
          "RECURSIVE_CTE_NODE",
          "CTE_NODE",
          "BOUND_SUBQUERY_NODE");

  private static final Pattern EXPLAIN =
      Pattern.compile(
          "(?:\\s|--[^\\n]*(?:\\n|$)|/\\*.*?\\*/)*+EXPLAIN\\s+(?:ANALYZE\\s+)?",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  private final Connection connection;
  private final SqlErrors errors;
  private volatile @Nullable Statement running;
  private volatile boolean cancelled;

  private UserSql(Connection connection) {
    this.connection = connection;
    this.errors = new SqlErrors(connection);
  }

  /** Locks the store behind the connection for good: settings, files and extensions. */
  public static UserSql lock(Connection connection) {
    try (Statement statement = connection.createStatement()) {
      if (setting(statement, "lock_configuration").equals("false")) {
        if (setting(statement, "temp_directory").equals(".tmp")) {
          // An in-memory store would spill beside whatever the user works on, and open that folder.
          statement.execute("SET temp_directory = ''");
        }
        statement.execute("SET errors_as_json = true");
        statement.execute("SET enable_external_access = false");
        statement.execute("SET lock_configuration = true");
      }
      return new UserSql(connection);
    } catch (SQLException e) {
      throw new TablesException("the store cannot be locked", e);
    }
  }

  private static String setting(Statement statement, String name) throws SQLException {
    try (ResultSet rows = statement.executeQuery("SELECT current_setting('" + name + "')")) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }

  /** The names that SQL may refer to. */
  public Catalog catalog() {
    return Catalog.of(connection);
  }

  /**
   * What the parser says.
   *
   * @param ordered false where the rows that a LIMIT leaves are any
   */
  public record Checked(boolean ordered) {}

  /**
   * Checks one statement without running it.
   *
   * @throws QueryException if it is wrong or does more than read
   */
  public Checked check(String sql) throws QueryException {
    Matcher explain = EXPLAIN.matcher(sql);
    int skipped = explain.lookingAt() ? explain.end() : 0;
    try (PreparedStatement statement =
        connection.prepareStatement(Query.read("catalog/check").sql())) {
      statement.setString(1, sql.substring(skipped));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (Boolean.parseBoolean(row.getString("error"))) {
          if ("parser".equals(row.getString("type"))) {
            throw errors.of(
                String.valueOf(row.getString("message")), row.getString("location"), sql, skipped);
          }
          throw refused(sql);
        }
        Array nodes = row.getArray("nodes");
        for (Object node : (Object[]) nodes.getArray()) {
          if (!READING.contains(String.valueOf(node))) {
            throw refused(sql);
          }
        }
        String modifiers = String.valueOf(row.getString("modifiers"));
        return new Checked(
            !modifiers.contains("LIMIT_MODIFIER") || modifiers.contains("ORDER_MODIFIER"));
      }
    } catch (SQLException e) {
      throw errors.of(e, sql);
    }
  }

  private static QueryException refused(String sql) {
    return new QueryException(
        "only statements that read run here: SELECT, FROM, WITH, VALUES, DESCRIBE, SUMMARIZE, SHOW,"
            + " EXPLAIN, PIVOT with IN; \"hakmem export\" writes files",
        sql,
        0,
        firstWord(sql),
        null);
  }

  private static int firstWord(String sql) {
    int end = 0;
    while (end < sql.length() && !Character.isWhitespace(sql.charAt(end))) {
      end++;
    }
    return Math.max(1, end);
  }

  /**
   * Runs one statement; the rows go to the writer as they come.
   *
   * @throws QueryException if it is wrong, does more than read, fails, or was cancelled
   */
  public Checked run(String sql, ResultWriter writer) throws QueryException {
    Checked checked = check(sql);
    cancelled = false;
    try (Statement statement = connection.createStatement()) {
      statement.execute("BEGIN TRANSACTION READ ONLY");
      try {
        running = statement;
        if (statement.execute(sql)) {
          write(Objects.requireNonNull(statement.getResultSet()), writer);
        }
      } finally {
        running = null;
        rollback();
      }
    } catch (SQLException e) {
      if (cancelled) {
        throw new QueryException("cancelled", sql, -1, 1, e);
      }
      throw errors.of(e, sql);
    }
    return checked;
  }

  private void rollback() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("ROLLBACK");
    }
  }

  private void write(ResultSet rows, ResultWriter writer) throws SQLException {
    try (rows) {
      ResultSetMetaData metadata = rows.getMetaData();
      writer.begin(Values.columns(metadata));
      while (!cancelled && rows.next()) {
        writer.row(Values.row(rows, metadata));
      }
      writer.end();
    }
  }

  /** Stops the statement that runs, if one does; any thread may call this. */
  public void cancel() {
    Statement statement = running;
    if (statement != null) {
      cancelled = true;
      try {
        statement.cancel();
      } catch (SQLException e) {
        // It has ended by itself in this moment: there is nothing left to stop.
        return;
      }
    }
  }
}
