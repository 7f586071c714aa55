package io.hakmem.analysis.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hakmem.analysis.tables.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Samples that the JVM dropped, with tables made by hand: 100 of thread 1, and as many of 2. */
class SamplesLostTest {

  private static final List<String> EVENTS =
      List.of("CapacityRejection", "SegmentReserve", "SegmentRelease", "FastPathHit");

  /** How many samples of 1 ms count for which layer, if thread 1 wrote so many events. */
  private static Map<String, Long> layers(long events, String stack) throws SQLException {
    try (Database database = Database.create()) {
      database.execute(
          "CREATE TEMP TABLE temp.cpu_samples AS SELECT CAST(NULL AS BIGINT) AS stack,"
              + " FALSE AS in_native, 0::BIGINT AS nanos, 1000000::BIGINT AS cpu");
      database.execute(
          "CREATE TABLE jfr.\"jdk.CPUTimeSample\" AS"
              + " SELECT make_timestamp_ns(i) AS \"startTime\" FROM (VALUES (0), (10)) t(i)");
      database.execute(
          "CREATE TABLE jfr.\"jdk.CPUTimeSamplesLost\" AS SELECT {'javaThreadId': i} AS"
              + " \"eventThread\", make_timestamp_ns(i) AS \"startTime\", 100 AS \"lostSamples\""
              + " FROM (VALUES (1), (2)) t(i)");
      for (String event : EVENTS) {
        events(database, event, 0, stack);
      }
      events(database, "SlowPathFallback", events, stack);
      database.execute(Database.resource("attribution/stack-walks.sql"));
      database.execute(Database.resource("attribution/samples-lost.sql"));
      CpuSamples.classify(database, false);
      return count(database);
    }
  }

  private static void events(Database database, String event, long events, String stack) {
    database.execute(
        ("CREATE TABLE jfr.\"io.hakmem.%s\" AS SELECT {'javaThreadId': 1} AS \"eventThread\","
                + " %s AS \"stackTrace\" FROM range(%d)")
            .formatted(event, stack, events));
  }

  private static Map<String, Long> count(Database database) throws SQLException {
    Map<String, Long> layers = new TreeMap<>();
    try (Statement statement = database.connection().createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT layer, count(*) FROM temp.sample_layers GROUP BY layer")) {
      while (rows.next()) {
        layers.put(rows.getString(1), rows.getLong(2));
      }
    }
    return layers;
  }

  /** 100,000 events of 400 ns are 40 ms; one sample was not lost. */
  @Test
  void asManyAsItsEventsExplainAreTheRecordings() throws SQLException {
    assertEquals(Map.of("instrumentation", 40L, "JVM", 161L), layers(100_000, "7"));
  }

  @Test
  void notMoreThanTheThreadLost() throws SQLException {
    assertEquals(Map.of("instrumentation", 100L, "JVM", 101L), layers(1_000_000, "7"));
  }

  @Test
  void eventsWithoutStacksExplainNothing() throws SQLException {
    assertEquals(Map.of("JVM", 201L), layers(100_000, "NULL"));
  }
}
