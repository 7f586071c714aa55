package io.hakmem.analysis.trial;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which children a trial runs, in order. */
final class TrialPlan {

  static final long STRESS_OPERATIONS = 1_000_000;
  static final int STRESS_WORKING_SET = 8192;
  static final long STABILITY_OPERATIONS = 100_000;
  static final long DEBUG_OPERATIONS = 10_000;
  static final int SMALL_WORKING_SET = 256;
  static final int STABILITY_SEEDS = 5;
  static final long PLAN_SEED = 42;

  private TrialPlan() {}

  /**
   * Per row the unrecorded runs of both paths by turns, so that a slow minute of the machine falls
   * on both, and with the first seeds the paths beside them; then one recorded run of each, of the
   * paths beside in the headline row only; after all rows the plan's stress, stability and debug
   * runs.
   */
  static List<PlannedRun> of(TrialOptions options) {
    List<PlannedRun> runs = new ArrayList<>();
    for (TrialRow row : options.rows()) {
      for (int fork = 1; fork <= options.forks(); fork++) {
        for (long seed : options.seeds()) {
          both(runs, RunKind.FIGURE, row, options.operations(), row.workingSet(), seed, fork);
          if (fork == 1 && options.seedsBeside(row).contains(seed)) {
            beside(runs, options, row, seed);
          }
        }
      }
      if (options.recordSeconds(row) > 0) {
        both(runs, RunKind.RECORDED, row, 0, row.workingSet(), PLAN_SEED, 1);
        if (row.equals(options.headline())) {
          options.beside().forEach(path -> runs.add(recorded(row, path)));
        }
      }
    }
    if (!options.ownProgram()) {
      ofPlan(runs, options);
    }
    return List.copyOf(runs);
  }

  private static void ofPlan(List<PlannedRun> runs, TrialOptions options) {
    for (int run = 1; run <= options.stressRuns(); run++) {
      both(runs, RunKind.STRESS, null, STRESS_OPERATIONS, STRESS_WORKING_SET, PLAN_SEED, run);
    }
    for (int seed = 1; seed <= STABILITY_SEEDS; seed++) {
      both(runs, RunKind.STABILITY, null, STABILITY_OPERATIONS, SMALL_WORKING_SET, seed, 1);
    }
    runs.add(
        new PlannedRun(
            RunKind.DEBUG,
            null,
            PushPath.CHECKED_SCAN,
            DEBUG_OPERATIONS,
            SMALL_WORKING_SET,
            PLAN_SEED,
            1));
  }

  private static void beside(List<PlannedRun> runs, TrialOptions options, TrialRow row, long seed) {
    for (PushPath path : options.beside()) {
      runs.add(
          new PlannedRun(
              RunKind.FIGURE, row, path, options.operations(), row.workingSet(), seed, 1));
    }
  }

  private static PlannedRun recorded(TrialRow row, PushPath path) {
    return new PlannedRun(RunKind.RECORDED, row, path, 0, row.workingSet(), PLAN_SEED, 1);
  }

  private static void both(
      List<PlannedRun> runs,
      RunKind kind,
      @Nullable TrialRow row,
      long operations,
      int workingSet,
      long seed,
      int fork) {
    for (PushPath path : PushPath.COMPARED) {
      runs.add(new PlannedRun(kind, row, path, operations, workingSet, seed, fork));
    }
  }
}
