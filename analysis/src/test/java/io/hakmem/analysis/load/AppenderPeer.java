package io.hakmem.analysis.load;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.duckdb.DuckDBConnection;

/**
 * The plain way, to compare with: the JDK's reader and DuckDB's row appender, written for this one
 * event type: {@code AppenderPeer RECORDING DATABASE}.
 */
public final class AppenderPeer {

  private AppenderPeer() {}

  public static void main(String[] arguments) throws Exception {
    try (DuckDBConnection connection =
        DriverManager.getConnection("jdbc:duckdb:" + arguments[1]).unwrap(DuckDBConnection.class)) {
      try (var statement = connection.createStatement()) {
        statement.execute("SET memory_limit = '512MB'");
        statement.execute(
            "CREATE TABLE small (\"startTime\" BIGINT, duration BIGINT, thread VARCHAR,"
                + " \"key\" INTEGER, size INTEGER, address BIGINT)");
      }
      append(connection, Path.of(arguments[0]));
      try (var statement = connection.createStatement();
          ResultSet rows =
              statement.executeQuery(
                  "SELECT \"key\", count(*), sum(size) FROM small GROUP BY 1 ORDER BY 1 LIMIT 3")) {
        while (rows.next()) {
          System.out.println(rows.getInt(1) + " " + rows.getLong(2) + " " + rows.getLong(3));
        }
      }
    }
  }

  private static void append(DuckDBConnection connection, Path recording) throws Exception {
    try (RecordingFile file = new RecordingFile(recording);
        var appender = connection.createAppender("main", "small")) {
      while (file.hasMoreEvents()) {
        RecordedEvent event = file.readEvent();
        if (event.getEventType().getName().equals(ManyEvents.TYPE)) {
          RecordedThread thread = event.getThread();
          appender.beginRow();
          appender.append(ChronoUnit.NANOS.between(Instant.EPOCH, event.getStartTime()));
          appender.append(event.getDuration().toNanos());
          appender.append(thread == null ? null : thread.getJavaName());
          appender.append(event.getInt("key"));
          appender.append(event.getInt("size"));
          appender.append(event.getLong("address"));
          appender.endRow();
        }
      }
    }
  }
}
