package io.hakmem.analysis.trial;

import io.hakmem.analysis.compare.Comparison;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.Recommendation;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a trial.
 *
 * @param comparison of the headline row's recordings, checked-scan against direct; null without
 * @param baseline an earlier trial; null for none
 * @param verdict one or two sentences that hold only what is decided
 * @param recommendations what the runs and recordings recommend, each with its evidence
 * @param passed no P0 criterion is missed: exit 0
 */
record TrialReport(
    TrialResult result,
    List<RowFigures> rows,
    String verdict,
    List<Criterion> criteria,
    Hypothesis hypothesis,
    List<RollbackCase> rollback,
    @Nullable Comparison comparison,
    @Nullable Baseline baseline,
    List<Recommendation> recommendations,
    boolean passed) {

  static TrialReport of(TrialResult result, @Nullable Baseline baseline) {
    List<RowFigures> rows =
        result.options().rows().stream().map(row -> RowFigures.of(row, result)).toList();
    String headline = result.options().headline().id();
    Optional<RecordedPath> scan = result.recording(headline, PushPath.CHECKED_SCAN);
    Optional<RecordedPath> direct = result.recording(headline, PushPath.DIRECT);
    boolean checksProven = scan.isPresent() && scan.get().proven();
    List<Criterion> criteria =
        Criteria.judge(evidence(result, rows, checksProven)).stream()
            .map(criterion -> inUnit(criterion, result.options()))
            .toList();
    Hypothesis hypothesis =
        Hypothesis.weigh(
            rows.stream().filter(RowFigures::valid).flatMap(row -> row.ratios().stream()).toList(),
            scan,
            headlineRatio(rows, headline));
    HotPath directHotPath = direct.isPresent() ? direct.get().hotPath() : null;
    List<RollbackCase> rollback =
        RollbackPlan.answer(hypothesis, directHotPath, result.runs(), result.recordings());
    return new TrialReport(
        result,
        rows,
        Verdict.of(criteria, hypothesis, result.stopped()),
        criteria,
        hypothesis,
        rollback,
        compare(scan, direct),
        baseline,
        Affordable.of(rows, directHotPath),
        Criteria.mustsHold(criteria));
  }

  /** The plan's speeds are its workload's: of another program they say nothing. */
  private static Criterion inUnit(Criterion criterion, TrialOptions options) {
    return options.ownProgram() && criterion.name().contains(" M ops/s ")
        ? new Criterion(
            criterion.level(),
            criterion.name(),
            Outcome.NOT_DECIDABLE,
            "the plan's speeds are its own workload's")
        : criterion;
  }

  /** What the recordings say that the swap changed; null where one of them is not proven. */
  static @Nullable Comparison compare(Optional<RecordedPath> scan, Optional<RecordedPath> direct) {
    HotPath before = provenHotPath(scan);
    HotPath after = provenHotPath(direct);
    return before == null || after == null
        ? null
        : Comparison.ofHotPaths(
            PushPath.CHECKED_SCAN.label(),
            List.of(before),
            PushPath.DIRECT.label(),
            List.of(after));
  }

  private static @Nullable HotPath provenHotPath(Optional<RecordedPath> recording) {
    return recording.isPresent() && recording.get().proven() ? recording.get().hotPath() : null;
  }

  private static MedianInterval headlineRatio(List<RowFigures> rows, String headline) {
    return rows.stream()
        .filter(row -> row.row().id().equals(headline) && row.valid())
        .findFirst()
        .map(row -> MedianInterval.of(row.ratios()))
        .orElseGet(() -> MedianInterval.of(List.of()));
  }

  private static Criteria.Evidence evidence(
      TrialResult result, List<RowFigures> rows, boolean checksProven) {
    List<PlannedRun> plan = TrialPlan.of(result.options());
    boolean own = result.options().ownProgram();
    return new Criteria.Evidence(
        rows.stream().map(TrialReport::row).toList(),
        result.options().rowsOfPlan(),
        // An own program is its own stress.
        count(
            result, plan, PushPath.DIRECT, kind -> kind == (own ? RunKind.FIGURE : RunKind.STRESS)),
        count(result, plan, PushPath.DIRECT, kind -> kind == RunKind.STABILITY),
        count(
            result,
            plan,
            PushPath.DIRECT,
            kind -> kind == RunKind.FIGURE || kind == RunKind.RECORDED),
        count(result, plan, PushPath.CHECKED_SCAN, kind -> true),
        checksProven);
  }

  private static Criteria.Row row(RowFigures row) {
    return new Criteria.Row(
        row.row().label(),
        row.measured(),
        Range.of(row.direct()),
        Range.of(row.ratios()),
        row.direct());
  }

  // Counted from the plan, so that a trial that was given up misses what it left out.
  private static Criteria.Count count(
      TrialResult result, List<PlannedRun> plan, PushPath path, Predicate<RunKind> kinds) {
    long planned =
        plan.stream().filter(run -> run.path() == path && kinds.test(run.kind())).count();
    long passed =
        result.runs().stream()
            .filter(run -> run.path() == path && kinds.test(run.kind()) && run.passed())
            .count();
    return new Criteria.Count((int) planned, (int) passed);
  }
}
