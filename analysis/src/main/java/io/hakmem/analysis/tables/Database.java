package io.hakmem.analysis.tables;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;

/** An open store of loaded recordings, for questions. Not thread-safe. */
public final class Database implements AutoCloseable {

  private static final String MEMORY = "512MB";
  private static final String SEARCH_PATH = "SET search_path = 'jfr,hakmem,main'";

  private final Connection connection;

  private Database(Connection connection) {
    this.connection = connection;
  }

  /** An empty database in memory with the fixed tables and functions. */
  public static Database create() {
    try {
      Connection connection = DriverManager.getConnection("jdbc:duckdb:");
      Database database = new Database(connection);
      database.execute(resource("schema.sql"));
      database.execute(SEARCH_PATH);
      return database;
    } catch (SQLException e) {
      throw new TablesException("DuckDB does not start", e);
    }
  }

  /**
   * Opens a store.
   *
   * @throws SQLException if the file is no store
   */
  static Database open(Path file, Path temporary, boolean readOnly) throws SQLException {
    Properties properties = new Properties();
    properties.setProperty("memory_limit", MEMORY);
    properties.setProperty("temp_directory", temporary.toString());
    properties.setProperty("access_mode", readOnly ? "READ_ONLY" : "READ_WRITE");
    Connection connection = DriverManager.getConnection("jdbc:duckdb:" + file, properties);
    try (Statement statement = connection.createStatement()) {
      statement.execute(SEARCH_PATH);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
    return new Database(connection);
  }

  /** The connection; {@code jfr} is its default schema. */
  public Connection connection() {
    return connection;
  }

  /** Runs statements of our own; that they fail is our own fault. */
  public void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new TablesException("DuckDB refused: " + sql, e);
    }
  }

  /** The text of a resource of this module, by its name under {@code io/hakmem/analysis}. */
  public static String resource(String name) {
    try (InputStream in = Database.class.getResourceAsStream("/io/hakmem/analysis/" + name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException e) {
      throw new TablesException("DuckDB does not close", e);
    }
  }
}
