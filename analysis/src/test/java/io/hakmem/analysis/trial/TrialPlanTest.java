package io.hakmem.analysis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrialPlanTest {

  private static TrialOptions options(List<TrialRow> rows) {
    return new TrialOptions(
        rows, 1000, List.of(42L, 7L), 2, 6, 1, 5, Duration.ofSeconds(60), List.of(), 0, "");
  }

  @Test
  void pathsTakeTurns() {
    List<PlannedRun> plan = TrialPlan.of(options(TrialRow.ALL));
    for (int i = 0; i + 1 < plan.size(); i += 2) {
      PlannedRun first = plan.get(i);
      PlannedRun second = plan.get(i + 1);
      assertEquals(PushPath.CHECKED_SCAN, first.path());
      assertEquals(PushPath.DIRECT, second.path());
      assertEquals(first.seed(), second.seed());
      assertEquals(first.fork(), second.fork());
      assertEquals(first.rowId(), second.rowId());
    }
    assertEquals(RunKind.DEBUG, plan.getLast().kind());
    assertEquals(List.of("10000", "256", "42"), plan.getLast().arguments(10_000));
  }

  @Test
  void everyRunHasFilesOfItsOwn() {
    List<PlannedRun> plan = TrialPlan.of(options(TrialRow.ALL));
    assertEquals(8 * (8 + 2) + 10 + 10 + 1, plan.size());
    List<String> names = plan.stream().map(PlannedRun::fileName).toList();
    assertEquals(plan.size(), new HashSet<>(names).size());
  }

  @Test
  void rowsAreThePlansArgumentsAndItsLabels() {
    assertEquals(
        List.of("9", "512", "42"), TrialRow.select(List.of("ws512")).getFirst().arguments(9, 42));
    assertEquals(
        List.of("9", "256", "42", "1024", "1024"),
        TrialRow.select(List.of("block1024")).getFirst().arguments(9, 42));
    assertEquals(4, TrialRow.select(List.of("ws")).size());
    assertEquals(4, TrialRow.select(List.of("BLOCK")).size());
    assertEquals(TrialRow.ALL, TrialRow.select(List.of("block", "all")));
    assertEquals(
        List.of("ws128", "block128"),
        TrialRow.select(List.of("block128", "ws128")).stream().map(TrialRow::id).toList());
    assertThrows(IllegalArgumentException.class, () -> TrialRow.select(List.of("ws128", "256")));
  }

  @Test
  void theHeadlineIsTheRowOfThePlanOrTheFirst() {
    assertEquals("ws256", options(TrialRow.ALL).headline().id());
    List<TrialRow> blocks = TrialRow.select(List.of("block"));
    assertEquals("block128", options(blocks).headline().id());
    assertEquals(6, options(blocks).recordSeconds(blocks.getFirst()));
    assertEquals(1, options(blocks).recordSeconds(blocks.getLast()));
  }

  @Test
  void onlyTheRecordedRunHasFlightRecorder() {
    RandomMixedCommand command = new RandomMixedCommand(Path.of("jdk"), Path.of("home"));
    List<String> plain =
        command.command(PushPath.DIRECT, List.of("1", "2", "3"), Path.of("hs"), null);
    List<String> recorded =
        command.command(PushPath.DIRECT, List.of("1", "2", "3"), Path.of("hs"), Path.of("x.jfr"));
    assertTrue(plain.stream().noneMatch(word -> word.contains("FlightRec")));
    assertTrue(recorded.contains("-XX:+DebugNonSafepoints"));
    assertTrue(recorded.stream().anyMatch(word -> word.endsWith("filename=x.jfr,maxsize=2g")));
    for (List<String> words : List.of(plain, recorded)) {
      assertTrue(
          words.stream().anyMatch(w -> w.startsWith("-javaagent") && w.contains("=push=direct,")));
      assertEquals(
          List.of("random-mixed", "1", "2", "3"), words.subList(words.size() - 4, words.size()));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Throughput = 98765432 ops/s [iter=20000000 ws=256] time=0.203s",
        "noise\nThroughput = 98765432 ops/s [iter=20000000 ws=256] time=0.203s\n\n",
        "noise\r\nThroughput = 98765432 ops/s [iter=20000000 ws=256] time=0.203s\r\n"
      })
  void aThroughputLineIsRead(String output) {
    ThroughputLine line = ThroughputLine.lastOf(output).orElseThrow();
    assertEquals(new ThroughputLine(98_765_432, 20_000_000, 256), line);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n",
        "Throughput = ops/s",
        "Throughput = -1 ops/s [iter=1 ws=1] time=0.1s",
        "Throughput = 0 ops/s [iter=1 ws=1] time=0.1s",
        "Throughput = 9e9 ops/s [iter=1 ws=1] time=0.1s",
        "Throughput = 99999999999999999999 ops/s [iter=1 ws=1] time=0.1s",
        "Throughput = 98765432 ops/s [iter=20000000 ws=256] time=0.203",
        "Throughput = 98765432 ops/s [iter=20000000 ws=256] time=0.203s extra",
        "Throughput = 98765432 ops/s [iter=20000000 ws=256] time=0.203s\nlater line"
      })
  void anyOtherLastLineIsNone(String output) {
    assertTrue(ThroughputLine.lastOf(output).isEmpty());
  }

  @Test
  void remainingTimeFollowsThePace() {
    assertEquals("1:30 left", Progress.remaining(30, 10, 40));
    assertEquals("0:00 left", Progress.remaining(30, 50, 40));
  }
}
