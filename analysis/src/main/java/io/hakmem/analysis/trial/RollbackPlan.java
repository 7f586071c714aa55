package io.hakmem.analysis.trial;

import io.hakmem.analysis.trial.RollbackCase.Applies;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.LayerShare;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The three cases of the plan's rollback plan, answered by what was seen. */
final class RollbackPlan {

  private RollbackPlan() {}

  /**
   * Answers the cases.
   *
   * @param hypothesis the verdict
   * @param directHotPath of the headline row's direct recording; null for none
   * @param crashes direct's failed runs
   * @param checkFailures checked-scan's failed runs
   * @param checksProven whether a recording proves that the checks were live
   */
  static List<RollbackCase> answer(
      Hypothesis hypothesis,
      @Nullable HotPath directHotPath,
      List<Run> crashes,
      List<Run> checkFailures,
      boolean checksProven) {
    return List.of(
        noImprovement(hypothesis, directHotPath),
        crash(crashes),
        debugBreaks(checkFailures, checksProven));
  }

  private static RollbackCase noImprovement(Hypothesis hypothesis, @Nullable HotPath direct) {
    String name = "1. performance doesn't improve";
    Witness measured = hypothesis.measured();
    String next = next(direct);
    if (hypothesis.answer() == Answer.FAILED || measured.answer() == Answer.FAILED) {
      return new RollbackCase(
          name,
          Applies.YES,
          measured.numbers() + ". Direct push was not the bottleneck: revert it. " + next);
    }
    if (measured.answer() == Answer.UNDECIDED) {
      return new RollbackCase(
          name,
          Applies.UNKNOWN,
          measured.numbers()
              + ". Measure again with more --seeds or --forks, on a quieter machine.");
    }
    return new RollbackCase(
        name, Applies.NO, "It did: " + measured.numbers() + ". Keep the direct push. " + next);
  }

  private static String next(@Nullable HotPath direct) {
    if (direct == null || direct.layers().isEmpty()) {
      return "The recording of direct names no hot path.";
    }
    LayerShare first = direct.layers().getFirst();
    if (!direct.decided()) {
      return "What is hot under direct is undecided: " + direct.reason() + ".";
    }
    String text = "Hot under direct: " + (isOutside(first.layer()) ? plain(first) : share(first));
    Optional<LayerShare> ours =
        direct.layers().stream().filter(layer -> !isOutside(layer.layer())).findFirst();
    if (ours.isPresent() && !ours.get().equals(first)) {
      text += "; in the allocator: " + share(ours.get());
    }
    return text + ".";
  }

  private static String share(LayerShare layer) {
    return plain(layer) + " (at most " + Numbers.improvement(1 + layer.gainIfFree()) + ")";
  }

  private static String plain(LayerShare layer) {
    return layer.layer() + " " + Numbers.percent(layer.share());
  }

  private static boolean isOutside(String layer) {
    return layer.equals("application") || layer.equals("JVM") || layer.equals("instrumentation");
  }

  private static RollbackCase crash(List<Run> crashes) {
    String name = "2. crash in release";
    if (crashes.isEmpty()) {
      return new RollbackCase(name, Applies.NO, "Every run of direct ended well.");
    }
    Run first = crashes.getFirst();
    return new RollbackCase(
        name,
        Applies.YES,
        crashes.size()
            + " runs of direct failed, first "
            + first.name()
            + ": "
            + first.problem()
            + ". Header corruption or double free: run it with push=checked-scan to catch it; add"
            + " minimal validation to the release path; revert if it can't be fixed.");
  }

  private static RollbackCase debugBreaks(List<Run> failures, boolean proven) {
    String name = "3. debug breaks";
    if (failures.isEmpty() && proven) {
      return new RollbackCase(
          name, Applies.NO, "Every run of checked-scan ended well, and the probe saw it refuse.");
    }
    String seen =
        failures.isEmpty()
            ? "No recording proves that checked-scan was live."
            : failures.size()
                + " runs of checked-scan failed, first "
                + failures.getFirst().name()
                + ": "
                + failures.getFirst().problem()
                + ".";
    return new RollbackCase(
        name,
        Applies.YES,
        seen
            + " The push's signature may have changed: check FreePath.push against"
            + " CheckedScanPush.push, adapt the call, test that the checks still catch.");
  }
}
