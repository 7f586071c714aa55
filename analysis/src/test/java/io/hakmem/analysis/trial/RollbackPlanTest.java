package io.hakmem.analysis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.trial.RollbackCase.Applies;
import io.hakmem.analysis.verdict.HotPath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The three cases, each planted. */
class RollbackPlanTest {

  private static final List<Run> GOOD =
      List.of(run(PushPath.CHECKED_SCAN, "", ""), run(PushPath.DIRECT, "", ""));
  private static final String DOUBLE_FREE =
      "invalid free of 0x7f00 (header 0xa2, path checked): doubleFree";

  @TempDir Path folder;

  private static Hypothesis weigh(double ratio, long checks, long application) {
    List<Double> pairs = Collections.nCopies(8, ratio);
    return Hypothesis.weigh(
        pairs,
        Optional.of(recorded(PushPath.CHECKED_SCAN, checks, application, List.of())),
        MedianInterval.of(pairs));
  }

  private static Run run(PushPath path, String problem, String misuse) {
    return new Run(
        RunKind.STRESS,
        "ws8192",
        path,
        42,
        1,
        problem.isEmpty() ? 1e6 : Double.NaN,
        problem.isEmpty() ? 0 : 134,
        problem.isEmpty(),
        1,
        problem,
        misuse,
        "logs/x.err",
        null);
  }

  private static RecordedPath recorded(
      PushPath path, long checks, long application, List<Misuse> misuse) {
    return RecordedPath.read(
        "ws256",
        path,
        "recordings/ws256-" + path.label() + ".jfr",
        new Seen(HotPaths.of(path.label(), true, checks, application), misuse));
  }

  private static List<RollbackCase> rollback(Hypothesis hypothesis) {
    return RollbackPlan.answer(hypothesis, direct(100, 900), GOOD, List.of());
  }

  private static HotPath direct(long checks, long application) {
    return HotPaths.of("direct", true, checks, application);
  }

  private static List<RollbackCase> of(List<Run> runs, List<RecordedPath> recordings) {
    @Nullable HotPath none = null;
    return RollbackPlan.answer(weigh(5, 800, 200), none, runs, recordings);
  }

  @Test
  void aWinTouchesNoCase() {
    List<RollbackCase> cases = rollback(weigh(5, 800, 200));
    cases.forEach(c -> assertEquals(Applies.NO, c.applies(), c::toString));
    String advice = cases.getFirst().advice();
    assertTrue(advice.contains("Hot under direct: application 90.0 %; in the allocator: "), advice);
    assertTrue(advice.contains("free checks 10.0 % (at most +11 %)"), advice);
  }

  @Test
  void noImprovementSaysRevertAndWhereToLook() {
    RollbackCase first = rollback(weigh(1.05, 50, 950)).getFirst();
    assertEquals(Applies.YES, first.applies());
    assertTrue(first.advice().contains("revert it. Hot under direct"), first.advice());
  }

  @Test
  void theImprovementIsJudgedByTheMeasurementAlone() {
    assertEquals(Applies.NO, rollback(weigh(5, 100, 900)).getFirst().applies());
    assertEquals(Applies.YES, rollback(weigh(1.05, 800, 200)).getFirst().applies());
    assertEquals(Applies.UNKNOWN, rollback(weigh(2, 800, 200)).getFirst().applies());
  }

  @Test
  void aHotPathThatIsUndecidedIsNotNamed() {
    String advice =
        RollbackPlan.answer(weigh(5, 800, 200), direct(1, 9), GOOD, List.of()).getFirst().advice();
    assertTrue(advice.contains("undecided: not enough samples"), advice);
    assertFalse(advice.contains("application"), advice);
  }

  @Test
  void aCrashOfDirectIsTheSecondCase() {
    List<Run> runs =
        List.of(run(PushPath.CHECKED_SCAN, "", ""), run(PushPath.DIRECT, "exit code 134", ""));
    List<RollbackCase> cases = of(runs, List.of());
    assertEquals(Applies.YES, cases.get(1).applies());
    assertTrue(cases.get(1).advice().contains("stress ws8192, direct, seed 42: exit code 134"));
    assertEquals(Applies.NO, cases.get(2).applies());
  }

  @Test
  void invalidFreesInARecordingAreTheSecondCaseThoughDirectEndedWell() {
    List<Misuse> misuse = List.of(new Misuse("doubleFree", "app.Cache.evict():7", 12));
    RecordedPath recording = recorded(PushPath.CHECKED, 500, 500, misuse);
    RollbackCase second = of(GOOD, List.of(recording)).get(1);
    assertEquals(Applies.YES, second.applies());
    assertTrue(
        second.advice().startsWith("12 InvalidFree events in the recordings"), second::advice);
    assertTrue(second.advice().contains("12 x doubleFree by app.Cache.evict():7"), second::advice);
  }

  /** The path did its work when it threw: that is misuse, not a check that is missing. */
  @Test
  void aRunThatDiedOfAnInvalidFreeIsTheSecondCaseAndNotTheThird() {
    List<Run> runs =
        List.of(
            run(PushPath.CHECKED_SCAN, "", ""),
            run(PushPath.CHECKED, "exit code 1", DOUBLE_FREE),
            run(PushPath.DIRECT, "", ""));
    List<RollbackCase> cases = of(runs, List.of());
    assertEquals(Applies.YES, cases.get(1).applies());
    assertTrue(cases.get(1).advice().contains(DOUBLE_FREE), cases.get(1)::advice);
    assertEquals(Applies.NO, cases.get(2).applies(), cases.get(2)::advice);
  }

  @Test
  void withoutAPathThatChecksNobodyLooked() {
    RollbackCase second = of(List.of(run(PushPath.DIRECT, "", "")), List.of()).get(1);
    assertEquals(Applies.UNKNOWN, second.applies());
    assertTrue(second.advice().contains("nobody looked"), second::advice);
  }

  /** As of a program that does not use the allocator: neither a crash nor a missing check. */
  @Test
  void whereNothingWasProvenBothAreUnknown() {
    List<Run> runs = List.of(unproven(PushPath.CHECKED_SCAN), unproven(PushPath.DIRECT));
    List<RollbackCase> cases = of(runs, List.of());
    assertEquals(Applies.UNKNOWN, cases.get(1).applies(), cases.get(1)::advice);
    assertEquals(Applies.UNKNOWN, cases.get(2).applies(), cases.get(2)::advice);
  }

  private static Run unproven(PushPath path) {
    return new Run(
        RunKind.FIGURE,
        "program",
        path,
        42,
        1,
        Double.NaN,
        0,
        false,
        1,
        "the swap was not proven",
        "",
        "logs/x.err",
        null);
  }

  @Test
  void whoWatchedIsSaid() {
    RecordedPath recording = recorded(PushPath.CHECKED_SCAN, 500, 500, List.of());
    String advice = of(GOOD, List.of(recording)).get(1).advice();
    assertTrue(advice.contains("checked-scan (1 run, 1 recording) watched and saw"), advice);
  }

  @Test
  void aFailureOfAPathThatChecksIsTheThirdCase() {
    List<Run> runs =
        List.of(run(PushPath.DIRECT, "", ""), run(PushPath.GUARDED, "was not proven", ""));
    RollbackCase third = of(runs, List.of()).get(2);
    assertEquals(Applies.YES, third.applies());
    assertTrue(third.advice().contains("guarded, seed 42: was not proven"), third::advice);
  }

  @Test
  void aRecordingOfAnotherPathIsTheThirdCase() {
    RecordedPath other =
        RecordedPath.read(
            "ws256",
            PushPath.CHECKED_SCAN,
            "recordings/x.jfr",
            HotPaths.seen("direct", true, 0, 1000));
    RollbackCase third = of(GOOD, List.of(other)).get(2);
    assertEquals(Applies.YES, third.applies());
    assertTrue(third.advice().contains("the path that ran was direct"), third::advice);
  }

  @Test
  void theAllocatorsLineIsFoundInALongLog() throws Exception {
    String noise = "a line of the program, 0x12\n".repeat(5000);
    Path log =
        Files.writeString(
            folder.resolve("x.err"),
            noise
                + "Exception in thread \"main\" io.hakmem.InvalidFreeException: "
                + DOUBLE_FREE
                + ": the block was freed already\n"
                + noise);
    assertEquals(DOUBLE_FREE, Misuse.inLog(log));
    assertEquals("", Misuse.inLog(Files.writeString(folder.resolve("y.err"), noise)));
  }
}
