package io.hakmem.analysis.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import io.hakmem.analysis.tables.EventTables;
import io.hakmem.analysis.tables.LoadOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is exported, opened with the plain driver as other tools do. */
class ExportTest {

  private static final String HIT = "io.hakmem.FastPathHit";

  @TempDir static Path recordings;

  private static Path recording = Path.of("");

  @TempDir Path folder;

  @BeforeAll
  static void record() throws Exception {
    recording =
        Recorded.record(
            recordings.resolve("some.jfr"),
            () -> {
              Recorded.emitAll();
              System.gc();
            });
  }

  @BeforeEach
  void empty() throws Exception {
    assertEquals(List.of(), files());
  }

  private List<String> files() throws Exception {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** A use of the tables. */
  private interface Use {
    void of(EventTables tables) throws Exception;
  }

  /** Read-only, as the command has them. */
  private static void loaded(Use use) throws Exception {
    try (EventTables tables = EventTables.open(recording, LoadOptions.temporary())) {
      use.of(tables);
    }
  }

  private static String single(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      assertTrue(rows.next(), sql);
      return String.valueOf(rows.getObject(1));
    }
  }

  @Test
  void aDatabaseKeepsTheContract() throws Exception {
    Path target = folder.resolve("x.duckdb");
    loaded(tables -> new Export(tables, target, false).all(Export.Format.duckdb));
    assertEquals(List.of("x.duckdb"), files());
    try (Connection plain = DriverManager.getConnection("jdbc:duckdb:" + target)) {
      String hits = String.valueOf(Recorded.HITS);
      assertEquals(hits, single(plain, "SELECT count(*) FROM \"" + HIT + "\""));
      assertEquals(hits, single(plain, "SELECT count(*) FROM JFR.\"" + HIT + "\""));
      assertEquals(
          hits,
          single(
              plain,
              "SELECT count(*) FROM jfr.\"%s\" WHERE HAS_MATCHING_FRAME(\"stackTrace\","
                      .formatted(HIT)
                  + " 'io\\.hakmem\\.analysis\\.events\\.Recorded\\.emitAll\\(\\):\\d+')"));
      assertTrue(
          single(
                  plain,
                  "SELECT TRUNCATE_STACKTRACE(\"stackTrace\", 1) FROM \"" + HIT + "\" LIMIT 1")
              .startsWith("io.hakmem.analysis.events.Recorded.hit(int):"));
      assertEquals(
          Thread.currentThread().getName(),
          single(plain, "SELECT DISTINCT (\"eventThread\").\"javaName\" FROM \"" + HIT + "\""));
      assertEquals(
          "java.lang.Throwable",
          single(plain, "SELECT CLASS_NAME({'name': 'java.lang.Throwable'})"));
      assertEquals(
          "1",
          single(
              plain, "SELECT count(*) FROM \"jdk.GarbageCollection\" WHERE cause = 'System.gc()'"));
      assertEquals(
          "TIMESTAMP_NS",
          single(plain, "SELECT typeof(\"startTime\") FROM \"" + HIT + "\" LIMIT 1"));
      try (ResultSet columns = plain.getMetaData().getColumns(null, "jfr", HIT, "requestedSize")) {
        assertTrue(columns.next());
      }
    }
  }

  @Test
  void oneTableHasItsStacksAsText() throws Exception {
    for (Export.Format format : List.of(Export.Format.parquet, Export.Format.csv)) {
      Path target = folder.resolve("hits." + format);
      loaded(tables -> new Export(tables, target, false).one(format, HIT));
      try (Connection plain = DriverManager.getConnection("jdbc:duckdb:")) {
        assertEquals(
            Recorded.HITS + " " + Recorded.HITS * Recorded.WEIGHT + " " + Recorded.HITS,
            single(
                plain,
                "SELECT count(*) || ' ' || sum(weight) || ' ' || count(*) FILTER (\"stackTrace\""
                    + " LIKE 'io.hakmem.analysis.events.Recorded.hit(int):%') FROM '"
                    + target
                    + "'"));
      }
    }
  }

  @Test
  void allTablesFillAFolder() throws Exception {
    Path target = folder.resolve("all.parquet");
    loaded(tables -> new Export(tables, target, false).all(Export.Format.parquet));
    try (Connection plain = DriverManager.getConnection("jdbc:duckdb:")) {
      assertEquals(
          String.valueOf(Recorded.HITS),
          single(
              plain,
              "SELECT count(*) FROM '%1$s/%2$s.parquet' h JOIN '%1$s/frames.parquet' f"
                      .formatted(target, HIT)
                  + " ON f.stack = h.\"stackTrace\" AND f.\"position\" = 0"));
    }
  }

  @Test
  void nothingIsOverwrittenUnlessForced() throws Exception {
    Path target = Files.writeString(folder.resolve("x.csv"), "mine");
    assertThrows(ExportException.class, () -> Export.checkTarget(target, false));
    loaded(
        tables -> {
          Export export = new Export(tables, target, false);
          ExportException failure =
              assertThrows(ExportException.class, () -> export.one(Export.Format.csv, HIT));
          assertFalse(failure.usage());
        });
    assertEquals("mine", Files.readString(target));
    assertEquals(List.of("x.csv"), files());
    loaded(tables -> new Export(tables, target, true).one(Export.Format.csv, HIT));
    assertEquals(List.of("x.csv"), files());
    loaded(tables -> new Export(tables, target, true).all(Export.Format.csv));
    assertTrue(Files.isDirectory(target));
    loaded(tables -> new Export(tables, target, true).all(Export.Format.csv));
    assertEquals(List.of("x.csv"), files());
  }

  @Test
  void aFailureLeavesNothingBehind() throws Exception {
    Path target = folder.resolve("x.csv");
    try (EventTables tables = EventTables.load(List.of(recording))) {
      // The last table cannot be written: the view is gone.
      tables.database().execute("DROP VIEW hakmem.frames");
      Export export = new Export(tables, target, false);
      assertThrows(ExportException.class, () -> export.all(Export.Format.csv));
      assertThrows(ExportException.class, () -> export.one(Export.Format.csv, HIT));
    }
    assertEquals(List.of(), files());
  }

  @Test
  void unknownTablesAndFoldersAreUsage() throws Exception {
    loaded(
        tables -> {
          Export export = new Export(tables, folder.resolve("x.csv"), false);
          ExportException failure =
              assertThrows(
                  ExportException.class, () -> export.one(Export.Format.csv, "FastPahtHit"));
          assertTrue(failure.usage());
          assertTrue(
              String.valueOf(failure.getMessage()).endsWith("did you mean " + HIT + "?"),
              failure.getMessage());
        });
    assertThrows(
        ExportException.class, () -> Export.checkTarget(folder.resolve("no/x.csv"), false));
  }

  /** Names that become equal, also for a file system that takes no notice of case. */
  @Test
  void namesFromARecordingStayInTheFolderAndApart() {
    assertEquals(
        Map.of(
            "a_B", "a_B",
            "frames", "frames",
            "FRAMES", "FRAMES_2",
            "a/B", "a_B_2",
            "a:b", "a_b_3",
            "../../etc/passwd", "_.._.._etc_passwd",
            "jdk.GC\na", "jdk.GC_a"),
        Export.fileNames(
            List.of("a/B", "a:b", "a_B", "../../etc/passwd", "jdk.GC\na", "frames", "FRAMES")));
    String name = Export.fileNames(List.of("x".repeat(1000))).values().iterator().next();
    assertTrue(name.length() < 250, name);
  }
}
