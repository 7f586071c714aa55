package io.hakmem.analysis.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.tables.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Stacks made by hand, of one method that holds the application's loop and the allocator. */
class MisplacedTest {

  private static final List<String> PUSH =
      List.of(
          "io.hakmem.memory.RawMemory.putInt",
          "io.hakmem.thread.DirectPush.push",
          "io.hakmem.Heap.free",
          "app.Main.run");
  private static final List<String> HEADER =
      List.of(
          "io.hakmem.memory.RawMemory.getByte",
          "io.hakmem.thread.DirectPush.header",
          "io.hakmem.Heap.free",
          "app.Main.run");
  private static final List<String> CHECKS =
      List.of("io.hakmem.thread.CheckedScanPush.isListed", "io.hakmem.Heap.free", "app.Main.run");
  private static final List<String> LOOP = List.of("app.Main.run");

  private static final long MILLION = 1_000_000;

  /** So many frees, and samples of 5 ms each of stacks. */
  private static Map<String, Long> layers(long frees, Map<List<String>, Integer> samples)
      throws SQLException {
    try (Database database = Database.create()) {
      database.execute(
          "CREATE TABLE jfr.\"io.hakmem.FastPathStatistics\" AS SELECT 3 AS \"sizeClass\","
              + " %1$d AS \"allocateHits\", %1$d AS \"freeHits\", 0 AS refills, 0 AS rejections"
                  .formatted(frees));
      database.execute(
          "CREATE TEMP TABLE temp.cpu_samples"
              + " (stack BIGINT, in_native BOOLEAN, nanos BIGINT, cpu BIGINT)");
      int id = 0;
      for (Map.Entry<List<String>, Integer> entry : samples.entrySet()) {
        stack(database, ++id, entry.getKey());
        database.execute(
            "INSERT INTO temp.cpu_samples SELECT %d, FALSE, i, 5000000 FROM range(%d) t(i)"
                .formatted(id, entry.getValue()));
      }
      CpuSamples.classify(database, true);
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
  }

  private static void stack(Database database, int id, List<String> frames) {
    for (int i = 0; i < frames.size(); i++) {
      String name = frames.get(i);
      int dot = name.lastIndexOf('.');
      int method = name.hashCode() & 0xFFFFFFF;
      database.execute(
          ("INSERT INTO hakmem.methods SELECT %d, {'type': '%s', 'name': '%s', 'descriptor': '()V',"
                  + " 'hidden': false, 'text': ''} WHERE NOT EXISTS"
                  + " (SELECT 1 FROM hakmem.methods WHERE id = %d)")
              .formatted(method, name.substring(0, dot), name.substring(dot + 1), method));
      database.execute(
          "INSERT INTO hakmem.stack_frames VALUES (%d, %d, %d, 1, 1, '%s')"
              .formatted(id, i, method, i == frames.size() - 1 ? "JIT compiled" : "Inlined"));
    }
  }

  /** 100 samples over a million frees are 500 ns each; a store takes one hundredth of that. */
  @Test
  void whatOneStoreCannotTakeIsTheLoopsBesideIt() throws SQLException {
    assertEquals(
        Map.of("application", 399L, "free fast", 1L),
        layers(MILLION, Map.of(PUSH, 100, LOOP, 300)));
  }

  /** The allocator's loops were seen to keep their places. */
  @Test
  void itIsTheApplicationsWhereThatIsSeen() throws SQLException {
    assertEquals(
        Map.of("application", 249L, "free checks", 150L, "free fast", 1L),
        layers(MILLION, Map.of(PUSH, 100, LOOP, 150, CHECKS, 150)));
  }

  @Test
  void itIsWhatElseIsSeenWhereTheApplicationIsNot() throws SQLException {
    Map<String, Long> layers = layers(MILLION, Map.of(PUSH, 100, LOOP, 10, CHECKS, 290));
    assertEquals(1, layers.get("free fast"));
    long checks = layers.getOrDefault("free checks", 0L);
    assertTrue(checks > 370 && checks < 399, layers::toString);
  }

  @Test
  void withoutOtherSamplesItIsTheCallers() throws SQLException {
    assertEquals(Map.of("application", 99L, "free fast", 1L), layers(MILLION, Map.of(PUSH, 100)));
  }

  /** 500 million frees in half a second are 1 ns each. */
  @Test
  void whatCodeCanTakeStays() throws SQLException {
    assertEquals(
        Map.of("application", 300L, "free fast", 100L),
        layers(500 * MILLION, Map.of(PUSH, 100, LOOP, 300)));
  }

  @Test
  void aLoadMayWaitForMemory() throws SQLException {
    assertEquals(
        Map.of("application", 300L, "free fast", 100L),
        layers(MILLION, Map.of(HEADER, 100, LOOP, 300)));
  }

  @Test
  void theIntervalHoldsBothAnswers() {
    List<Misplaced> moved = List.of(new Misplaced("free fast", "application", 100, "app.Main.run"));
    LayerShare application =
        Misplaced.widen(new LayerShare("application", 700, 0.7, 0.68, 0.72), moved, 1000);
    assertEquals(0.58, application.low(), 1e-9);
    assertEquals(0.72, application.high(), 1e-9);
    LayerShare fast =
        Misplaced.widen(new LayerShare("free fast", 10, 0.01, 0.005, 0.02), moved, 1000);
    assertEquals(0.005, fast.low(), 1e-9);
    assertEquals(0.12, fast.high(), 1e-9);
    assertTrue(Misplaced.notes(moved, 1000).getFirst().contains("dontinline"));
    assertEquals(List.of(), Misplaced.notes(moved, 10_000), "too few to be worth a word");
  }
}
