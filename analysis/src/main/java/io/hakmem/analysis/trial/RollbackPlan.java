package io.hakmem.analysis.trial;

import io.hakmem.analysis.trial.RollbackCase.Applies;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.LayerShare;
import io.hakmem.analysis.verdict.Layers;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The three cases of the plan's rollback plan, answered by what was seen. */
final class RollbackPlan {

  private final List<Run> runs;
  private final List<RecordedPath> recordings;

  private RollbackPlan(List<Run> runs, List<RecordedPath> recordings) {
    this.runs = runs;
    this.recordings = recordings;
  }

  /**
   * Answers the cases.
   *
   * @param hypothesis the verdict
   * @param directHotPath of the headline row's direct recording; null for none
   * @param runs all of the trial
   * @param recordings all of the trial
   */
  static List<RollbackCase> answer(
      Hypothesis hypothesis,
      @Nullable HotPath directHotPath,
      List<Run> runs,
      List<RecordedPath> recordings) {
    RollbackPlan plan = new RollbackPlan(runs, recordings);
    return List.of(
        noImprovement(hypothesis, directHotPath), plan.crashOrMisuse(), plan.checkMissing());
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
    String text =
        "Hot under direct: " + (Layers.isOutside(first.layer()) ? plain(first) : share(first));
    Optional<LayerShare> ours =
        direct.layers().stream().filter(layer -> !Layers.isOutside(layer.layer())).findFirst();
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

  /** Direct takes an invalid free without a word; the paths that check have to be asked. */
  private RollbackCase crashOrMisuse() {
    String name = "2. crash in release, or invalid frees";
    List<Run> crashes =
        runs.stream().filter(run -> run.path() == PushPath.DIRECT && run.exitCode() != 0).toList();
    String caught = caught();
    if (!caught.isEmpty()) {
      String died = crashes.isEmpty() ? "" : " " + crashed(crashes);
      return new RollbackCase(
          name,
          Applies.YES,
          caught
              + died
              + " Direct does not see it and damages its lists: mend the program, or run it with"
              + " push=guarded, which refuses such a free in constant time.");
    }
    if (!crashes.isEmpty()) {
      return new RollbackCase(
          name,
          Applies.YES,
          crashed(crashes)
              + " The paths that check saw no invalid free. Run it with push=checked and"
              + " -Dhakmem.checked.stacks=1 to catch it; add minimal validation to the release path"
              + " (push=guarded); revert if it can't be fixed.");
    }
    String watched = watched();
    return watched.isEmpty() || runs.stream().noneMatch(this::isGoodDirect)
        ? new RollbackCase(
            name,
            Applies.UNKNOWN,
            "No run of direct crashed, but it or the paths that check were not proven live: nobody"
                + " looked for invalid frees.")
        : new RollbackCase(
            name,
            Applies.NO,
            "Every run of direct ended well. " + watched + " watched and saw no invalid free.");
  }

  private boolean isGoodDirect(Run run) {
    return run.path() == PushPath.DIRECT && run.proven();
  }

  private static String crashed(List<Run> crashes) {
    Run first = crashes.getFirst();
    return counted(crashes.size(), "run")
        + " of direct failed, first "
        + first.name()
        + ": "
        + first.problem()
        + ".";
  }

  /** What recordings and children's stderr say of invalid frees; empty for none. */
  private String caught() {
    long events =
        recordings.stream().flatMap(r -> r.misuse().stream()).mapToLong(Misuse::count).sum();
    if (events > 0) {
      RecordedPath first =
          recordings.stream().filter(r -> !r.misuse().isEmpty()).findFirst().orElseThrow();
      Misuse most = first.misuse().getFirst();
      return counted(events, "InvalidFree event")
          + " in the recordings, first in "
          + first.file()
          + ": "
          + most.count()
          + " x "
          + most.kind()
          + (most.site().isEmpty() ? "" : " by " + most.site())
          + ".";
    }
    List<Run> told = runs.stream().filter(run -> !run.misuse().isEmpty()).toList();
    return told.isEmpty()
        ? ""
        : counted(told.size(), "run")
            + " named an invalid free, first "
            + told.getFirst().name()
            + ": "
            + told.getFirst().misuse()
            + " (its stack is in "
            + told.getFirst().log()
            + ").";
  }

  /** The paths that check and were live, with how many runs and recordings each watched. */
  private String watched() {
    return Arrays.stream(PushPath.values())
        .filter(PushPath::checks)
        .filter(path -> proven(path) > 0)
        .map(
            path ->
                path.label()
                    + " ("
                    + counted(proven(path), "run")
                    + ", "
                    + counted(
                        recordings.stream().filter(r -> r.path() == path && r.proven()).count(),
                        "recording")
                    + ")")
        .collect(Collectors.joining(", "));
  }

  private long proven(PushPath path) {
    return runs.stream().filter(run -> run.path() == path && run.proven()).count();
  }

  /** The probe frees what it must not: a path whose check is missing would take it. */
  private RollbackCase checkMissing() {
    String name = "3. debug breaks, or a check is missing";
    List<Run> debug = runs.stream().filter(run -> run.path().checks()).toList();
    List<Run> broken =
        debug.stream().filter(run -> !run.passed() && run.misuse().isEmpty()).toList();
    List<RecordedPath> unproven =
        recordings.stream().filter(r -> r.path().checks() && !r.proven()).toList();
    if (broken.isEmpty() && unproven.isEmpty() && debug.stream().anyMatch(Run::proven)) {
      return new RollbackCase(
          name,
          Applies.NO,
          "In each run a probe saw the path refuse what it must: " + watched() + ".");
    }
    if (runs.stream().noneMatch(Run::proven)) {
      return new RollbackCase(
          name,
          Applies.UNKNOWN,
          "No swap at all was proven, not direct's either: the program failed before, or does not"
              + " use the allocator.");
    }
    String seen = "No run of a path that checks was proven.";
    if (!broken.isEmpty()) {
      Run first = broken.getFirst();
      seen =
          counted(broken.size(), "run")
              + " of paths that check failed, first "
              + first.name()
              + ": "
              + first.problem()
              + ".";
    } else if (!unproven.isEmpty()) {
      seen = unproven.getFirst().file() + ": " + unproven.getFirst().problem() + ".";
    }
    return new RollbackCase(
        name,
        Applies.YES,
        seen
            + " The push's signature may have changed: check FreePath.push against the path's own"
            + " push, adapt the call, test that the checks still catch.");
  }

  private static String counted(long count, String what) {
    return count + " " + what + (count == 1 ? "" : "s");
  }
}
