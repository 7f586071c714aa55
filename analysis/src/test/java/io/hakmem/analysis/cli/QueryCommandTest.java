package io.hakmem.analysis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import io.hakmem.analysis.query.MissingEventException;
import io.hakmem.analysis.query.Query;
import io.hakmem.analysis.query.QueryLibrary;
import io.hakmem.analysis.query.UserSql;
import io.hakmem.analysis.render.ResultFormat;
import io.hakmem.analysis.tables.EventTables;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import jdk.jfr.Event;
import jdk.jfr.Name;
import jdk.jfr.StackTrace;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every query on a recording of known contents. Where only the JVM writes an event, its rows are
 * put into the loaded table.
 */
class QueryCommandTest {

  /** As the allocator writes it. */
  @Name("io.hakmem.SegmentReserve")
  @StackTrace(false)
  static final class SegmentReserve extends Event {
    long bytes;
    long address;
    String purpose = "";
  }

  /** As the allocator writes it. */
  @Name("io.hakmem.SegmentRelease")
  @StackTrace(false)
  static final class SegmentRelease extends Event {
    long bytes;
    long address;
    String purpose = "";
  }

  /** As the allocator's checked paths write it. */
  @Name("io.hakmem.InvalidFree")
  @StackTrace(false)
  static final class InvalidFree extends Event {
    String kind = "";
    long address;
    int header;
    int sizeClass;
    String freePath = "";
    String allocatedAt = "";
    String freedAt = "";
  }

  private static final String METHOD = "STRUCT(\"type\" VARCHAR, name VARCHAR, descriptor VARCHAR)";

  @TempDir static Path folder;

  private static Path recording = Path.of("");
  private static Path withoutMisuse = Path.of("");

  @BeforeAll
  static void record() throws Exception {
    withoutMisuse = Recorded.recordBare(folder.resolve("plain.jfr"), Recorded::emitAll);
    recording =
        Recorded.recordBare(
            folder.resolve("all.jfr"),
            () -> {
              Recorded.emitAll();
              segments();
              misuse("doubleFree", 0x7f0000000010L);
              misuse("doubleFree", 0x7f0000000020L);
              misuse("foreignPointer", 0x1000);
            });
  }

  private static void segments() throws InterruptedException {
    for (long bytes : new long[] {4_194_304, 8_388_608}) {
      SegmentReserve reserve = new SegmentReserve();
      reserve.bytes = bytes;
      reserve.address = bytes;
      reserve.purpose = "segment";
      reserve.commit();
      Thread.sleep(2);
    }
    SegmentRelease release = new SegmentRelease();
    release.bytes = 4_194_304;
    release.purpose = "segment";
    release.commit();
  }

  private static void misuse(String kind, long address) {
    InvalidFree event = new InvalidFree();
    event.kind = kind;
    event.address = address;
    event.sizeClass = 3;
    event.freePath = "checked";
    event.allocatedAt = "app.Main.a:1";
    event.freedAt = "app.Main.b:2";
    event.commit();
  }

  /** The answer as CSV, after changes to what was loaded. */
  private static List<String> answer(String name, String... changes) throws Exception {
    Query query = QueryLibrary.find(name);
    try (EventTables tables = EventTables.load(List.of(recording))) {
      for (String change : changes) {
        tables.database().execute(change);
      }
      if (!query.readsLayers()) {
        new QueryRun(tables).prepare(query);
      }
      StringWriter text = new StringWriter();
      PrintWriter out = new PrintWriter(text);
      UserSql.lock(tables.database().connection())
          .run(query.sql(), ResultFormat.csv.writer(out, ResultFormat.UNLIMITED));
      out.flush();
      List<String> lines = text.toString().lines().toList();
      return lines.subList(1, lines.size());
    }
  }

  @Test
  void fastPath() throws Exception {
    assertEquals(
        List.of("3,64,2000003,11,99.9995,1999993,5,99.9997"), answer("fast-path-hit-rate"));
    assertEquals(List.of("3,64,2000003,1999993,11,5"), answer("fast-path-counters"));
  }

  @Test
  void slowPath() throws Exception {
    String durations =
        "UPDATE rows.\"io.hakmem.SlowPathFallback\" SET duration = 100 * \"blocksMoved\"";
    assertEquals(
        List.of(
            "allocate,cacheEmpty,2,3600,61.02,1700,1900,1900,36",
            "free,cacheFull,1,2300,38.98,2300,2300,2300,23"),
        answer("slow-path-reasons", durations));
    assertEquals(
        List.of(
            "allocate,cacheEmpty,central,2,3600,1900,36", "free,cacheFull,central,1,2300,2300,23"),
        answer("slow-path-causes", durations));
    String thread = Thread.currentThread().getName();
    assertEquals(
        List.of(thread + ",3,2,36,1,23,78.0,5900"), answer("thread-cache-churn", durations));
  }

  @Test
  void rejections() throws Exception {
    assertEquals(List.of("3,2,42"), answer("capacity-rejections"));
    assertEquals(
        List.of("3,31,1,13,31.0", "3,62,1,29,31.0"),
        answer(
            "rejections-by-capacity",
            "UPDATE rows.\"io.hakmem.CapacityRejection\" SET capacity = 62 WHERE \"blocksSpilled\" = 29"));
  }

  /** The intervals were computed apart, from the sums of squares of the even and odd numbers. */
  @Test
  void sites() throws Exception {
    List<String> allocations = answer("allocation-sites");
    assertEquals(2, allocations.size());
    assertTrue(
        allocations
            .get(0)
            .matches(
                "\"?io\\.hakmem\\.analysis\\.events\\.Recorded\\.hit\\(int\\):\\d+\"?"
                    + ",505,51005,25706520,100\\.0,22936492,28713822"),
        allocations.toString());
    assertTrue(allocations.get(1).endsWith(",2,2,0,0.0,0,0"), allocations.toString());
    List<String> frees = answer("free-sites");
    assertTrue(frees.getFirst().endsWith(",504,50904,100.0,46132,56028,3257856"), frees.toString());
    assertTrue(frees.get(1).endsWith(",1,1,0.0,1,1,"), frees.toString());
  }

  @Test
  void weightOneIsExact() throws Exception {
    List<String> exact =
        answer("allocation-sites", "UPDATE rows.\"io.hakmem.FastPathHit\" SET weight = 1");
    assertTrue(exact.getFirst().endsWith(",505,505,254520,100.0,254520,254520"), exact.toString());
  }

  @Test
  void segmentsAddUp() throws Exception {
    List<String> rows =
        answer("segments-over-time").stream().map(row -> row.substring(30)).toList();
    assertEquals(
        List.of(
            "segment,4194304,4194304,4194304",
            "segment,8388608,12582912,12582912",
            "segment,-4194304,8388608,8388608"),
        rows);
  }

  @Test
  void misuseIsGrouped() throws Exception {
    List<String> rows =
        answer("invalid-frees").stream()
            .map(row -> row.replaceAll("\\d{4}-\\d\\d-\\d\\d [0-9:.]{18}", "TIME"))
            .toList();
    assertEquals(
        List.of(
            "doubleFree,checked,3,app.Main.a:1,app.Main.b:2,2,TIME,0x7f0000000010,",
            "foreignPointer,checked,3,app.Main.a:1,app.Main.b:2,1,TIME,0x1000,"),
        rows);
  }

  @Test
  void pathsAndFlags() throws Exception {
    assertTrue(answer("free-path-changes").getFirst().endsWith(",direct,\"\",default,true"));
    assertEquals(
        List.of("true"),
        answer(
            "debug-non-safepoints",
            "DELETE FROM rows.\"jdk.BooleanFlag\"",
            "INSERT INTO rows.\"jdk.BooleanFlag\" BY NAME SELECT 'DebugNonSafepoints' AS name, TRUE AS value"));
  }

  @Test
  void onlyTheLastOptimisingCompilationCounts() throws Exception {
    String compilation =
        "INSERT INTO jfr.\"jdk.Compilation\" BY NAME SELECT %d AS \"compileId\", %d AS \"compileLevel\","
            + " TRUE AS succeded, {'type': 'io.hakmem.Heap', 'name': 'free', 'descriptor': '(J)V'}"
            + " AS method";
    String inlining =
        "INSERT INTO jfr.\"jdk.CompilerInlining\" BY NAME SELECT %d AS \"compileId\","
            + " {'type': 'io.hakmem.Heap', 'name': 'free', 'descriptor': '(J)V'} AS caller,"
            + " {'type': '%s', 'name': 'push', 'descriptor': ''} AS callee,"
            + " %s AS succeeded, '%s' AS message, 7 AS bci";
    assertEquals(
        List.of(
            "io.hakmem.Heap.free,io.hakmem.Heap.free,io.hakmem.thread.FreePath.push,true,inline (hot),1"),
        answer(
            "inlining",
            // The stored rows have numbers of methods; tables in the views' place take them as they
            // are.
            "DROP VIEW jfr.\"jdk.Compilation\"",
            "DROP VIEW jfr.\"jdk.CompilerInlining\"",
            "CREATE TABLE jfr.\"jdk.Compilation\" (\"compileId\" BIGINT, \"compileLevel\" INTEGER,"
                + " succeded BOOLEAN, method "
                + METHOD
                + ")",
            "CREATE TABLE jfr.\"jdk.CompilerInlining\" (\"compileId\" BIGINT, caller "
                + METHOD
                + ", callee "
                + METHOD
                + ", succeeded BOOLEAN, message VARCHAR, bci INTEGER)",
            compilation.formatted(11, 4),
            compilation.formatted(13, 4),
            compilation.formatted(17, 3),
            inlining.formatted(11, "io/hakmem/thread/FreePath", "FALSE", "too big"),
            inlining.formatted(13, "io/hakmem/thread/FreePath", "TRUE", "inline (hot)"),
            inlining.formatted(13, "java/util/List", "TRUE", "inline (hot)"),
            inlining.formatted(17, "io/hakmem/thread/FreePath", "FALSE", "callee is too large")));
  }

  @Test
  void disturbanceAndLoss() throws Exception {
    assertEquals(
        List.of(
            "\"load of other processes, mean\",percent,25.0",
            "\"load of other processes, highest\",percent,37.5",
            "garbage collections,events,2.0",
            "\"pauses of the garbage collector, sum\",ns,30.0",
            "\"pauses of the garbage collector, longest\",ns,19.0",
            "throttled by the container,ns,70.0"),
        answer(
            "machine-disturbance",
            "DELETE FROM rows.\"jdk.GarbageCollection\"",
            "DELETE FROM rows.\"jdk.CPULoad\"",
            "INSERT INTO rows.\"jdk.CPULoad\" BY NAME SELECT 0.5 AS \"machineTotal\", 0.25 AS \"jvmUser\","
                + " 0.125 AS \"jvmSystem\" UNION ALL BY NAME SELECT 0.5 AS \"machineTotal\","
                + " 0.125 AS \"jvmUser\", 0 AS \"jvmSystem\"",
            "INSERT INTO rows.\"jdk.GarbageCollection\" BY NAME"
                + " SELECT 11 AS \"sumOfPauses\", 7 AS \"longestPause\" UNION ALL BY NAME"
                + " SELECT 19 AS \"sumOfPauses\", 19 AS \"longestPause\"",
            "INSERT INTO rows.\"jdk.ContainerCPUThrottling\" BY NAME SELECT 30 AS \"cpuThrottledTime\""
                + " UNION ALL BY NAME SELECT 100 AS \"cpuThrottledTime\""));
    String lost =
        "INSERT INTO rows.\"jdk.CPUTimeSamplesLost\" BY NAME SELECT 13 AS \"lostSamples\""
            + " UNION ALL BY NAME SELECT 17 AS \"lostSamples\"";
    assertEquals(List.of("30"), answer("samples-lost", lost));
    assertEquals(
        List.of(
            "CPU-time samples that the JVM had no room for,samples,2,30",
            "data that JFR had no room for,bytes,1,4096"),
        answer(
            "lost-events",
            lost,
            "INSERT INTO rows.\"jdk.DataLoss\" BY NAME SELECT 4096 AS amount, 4096 AS total"));
  }

  @Test
  void samples() throws Exception {
    String stack = "SELECT min(stack) AS \"stackTrace\" FROM hakmem.frames WHERE method = 'hit'";
    String changes =
        "INSERT INTO rows.\"jdk.CPUTimeSample\" BY NAME SELECT s.\"stackTrace\", FALSE AS failed,"
            + " FALSE AS biased FROM ("
            + stack
            + ") s, range(3) UNION ALL BY NAME SELECT NULL AS \"stackTrace\", TRUE AS failed,"
            + " FALSE AS biased UNION ALL BY NAME SELECT NULL AS \"stackTrace\", FALSE AS failed,"
            + " TRUE AS biased";
    assertEquals(List.of("1"), answer("samples-failed", changes));
    assertEquals(List.of("1"), answer("samples-biased", changes));
  }

  @Test
  void layersAndWhatDecidedThem() throws Exception {
    String[] changes = {
      "CREATE TEMP TABLE temp.sample_layers AS SELECT s.stack, 'application' AS layer, 0 AS \"position\""
          + " FROM (SELECT min(stack) AS stack FROM hakmem.frames WHERE method = 'hit'"
          + " AND \"position\" = 0) s, range(3) UNION ALL SELECT NULL, 'JVM', 0"
    };
    assertEquals(
        List.of("application,3,4,75.0,30.06,95.44", "JVM,1,4,25.0,4.56,69.94"),
        answer("layers", changes));
    assertEquals(
        List.of("io.hakmem.analysis.events.Recorded.hit,application,3,0.75"),
        answer("hot-methods", changes));
    List<String> lines = answer("hot-lines", changes);
    assertEquals(1, lines.size());
    assertTrue(
        lines
            .getFirst()
            .matches("io\\.hakmem\\.analysis\\.events\\.Recorded\\.hit:\\d+,application,3,0\\.75"),
        lines.toString());
    assertEquals(
        List.of("io.hakmem.analysis.events,application,3,0.75"),
        answer("application-packages", changes));
  }

  private static MainRun hakmem(String... arguments) {
    return MainRun.of(arguments);
  }

  @Test
  void theThreeErrorsDiffer() {
    MainRun missing = hakmem("query", "invalid-frees", withoutMisuse.toString());
    // Another test of this JVM may have made the type known to JFR before that recording.
    if (missing.code() != 0) {
      assertEquals(3, missing.code());
      assertTrue(missing.err().contains("needs io.hakmem.InvalidFree"), missing.err());
    }
    MainRun none = hakmem("query", "hot-methods", withoutMisuse.toString());
    assertEquals(3, none.code());
    assertEquals(1, none.err().lines().count(), none.err());
    assertTrue(
        none.err().contains("needs CPU samples, of which the recording has none"), none.err());
    MainRun unknown = hakmem("query", "hot-metods", withoutMisuse.toString());
    assertEquals(2, unknown.code());
    assertTrue(unknown.err().contains("did you mean hot-methods?"), unknown.err());
  }

  @Test
  void aTypeThatTheRecordingDoesNotKnowIsNamed() throws Exception {
    try (EventTables tables = EventTables.load(List.of(withoutMisuse))) {
      Query query =
          Query.parse("x", "-- title: x\n-- unit: x\n-- events: no.A, no.B | no.C\nSELECT 1");
      MissingEventException failure =
          assertThrows(MissingEventException.class, () -> new QueryRun(tables).prepare(query));
      assertTrue(
          String.valueOf(failure.getMessage())
              .startsWith("query x needs no.A, no.B or no.C, which the recording does not know"),
          failure.getMessage());
    }
  }

  @Test
  void emptyAnswersSayWhy() {
    MainRun run = hakmem("query", "lost-events", "--format", "json", recording.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith("[\n  {\"what\": \"CPU-time samples"), run.out());
    assertTrue(run.err().contains("has no jdk.DataLoss events"), run.err());
  }

  @ParameterizedTest
  @CsvSource({
    "table,query ",
    "csv,'query,title,unit,events,description'",
    "json,[",
    "md,| query |"
  })
  void queriesAreListed(String format, String start) {
    MainRun run = hakmem("queries", "--format", format);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().startsWith(start), run.out());
    String missing =
        QueryLibrary.names().stream()
            .filter(name -> !run.out().contains(name))
            .collect(Collectors.joining(", "));
    assertEquals("", missing);
  }
}
