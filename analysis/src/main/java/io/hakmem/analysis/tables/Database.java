package io.hakmem.analysis.tables;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An embedded DuckDB for the life of one command. Recordings over {@link #IN_MEMORY_LIMIT} bytes go
 * to a temporary file, where DuckDB compresses them; the file is deleted on close. Not thread-safe.
 */
public final class Database implements AutoCloseable {

  private static final long IN_MEMORY_LIMIT = 32L << 20;
  private static final String FILE_MEMORY = "512MB";

  private final Connection connection;
  private final @Nullable Path folder;
  private final BatchFunction batches = new BatchFunction();

  private Database(Connection connection, @Nullable Path folder) {
    this.connection = connection;
    this.folder = folder;
  }

  /** A database with the fixed tables and functions, for recordings of so many bytes in all. */
  public static Database create(long recordingBytes) {
    try {
      Path folder =
          recordingBytes > IN_MEMORY_LIMIT ? Files.createTempDirectory("hakmem-tables") : null;
      Database database = new Database(connect(folder), folder);
      database.batches.register(database.connection);
      database.execute(resource("schema.sql"));
      return database;
    } catch (SQLException e) {
      throw new TablesException("DuckDB does not start", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Connection connect(@Nullable Path folder) throws SQLException {
    if (folder == null) {
      return DriverManager.getConnection("jdbc:duckdb:");
    }
    Properties properties = new Properties();
    properties.setProperty("memory_limit", FILE_MEMORY);
    properties.setProperty("temp_directory", folder.toString());
    return DriverManager.getConnection(
        "jdbc:duckdb:" + folder.resolve("tables.duckdb"), properties);
  }

  /**
   * One transaction spares the log of every batch. One thread, since each call of a table function
   * from a thread of DuckDB's own attaches that thread to the JVM anew, which costs more than it
   * gains; so the caller's thread does it all.
   */
  void beginLoad() {
    execute("SET threads = 1");
    execute("BEGIN");
  }

  void endLoad() {
    execute("COMMIT");
    execute("RESET threads");
  }

  /** The connection; {@code jfr} is its default schema. */
  public Connection connection() {
    return connection;
  }

  BatchFunction batches() {
    return batches;
  }

  /** Runs statements of our own; that they fail is our own fault. */
  public void execute(String sql) {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    } catch (SQLException e) {
      throw new TablesException("DuckDB refused: " + sql, e);
    }
  }

  /** Rows of a quoted table. */
  long count(String table) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT count(*) FROM " + table)) {
      rows.next();
      return rows.getLong(1);
    } catch (SQLException e) {
      throw new TablesException("DuckDB cannot count " + table, e);
    }
  }

  /** The columns that a query of our own gives, each a quoted name and a type. */
  List<String> describe(String query) {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("DESCRIBE " + query)) {
      List<String> columns = new ArrayList<>();
      while (rows.next()) {
        columns.add(Sql.identifier(rows.getString(1)) + " " + rows.getString(2));
      }
      return columns;
    } catch (SQLException e) {
      throw new TablesException("DuckDB refused: " + query, e);
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
      if (folder != null) {
        delete(folder);
      }
    } catch (SQLException e) {
      throw new TablesException("DuckDB does not close", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
