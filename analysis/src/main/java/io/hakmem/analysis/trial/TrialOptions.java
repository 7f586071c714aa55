package io.hakmem.analysis.trial;

import java.time.Duration;
import java.util.List;

/**
 * What a trial runs.
 *
 * @param rows of the table, in its order
 * @param operations timed operations of each unrecorded run
 * @param seeds of the unrecorded runs
 * @param forks how often each seed runs on each path
 * @param recordSeconds how long the recorded run of the headline row is timed, about
 * @param otherRecordSeconds the same for the other rows; 0 leaves them unrecorded
 * @param stressRuns large stress runs of each path
 * @param timeout after which a child is stopped and counts as failed
 * @param beside paths that run beside the two that are compared
 * @param unit what the throughput of a user's own program is; empty for the plan's workload
 * @param besideSeeds how many of the seeds they run on, once each
 */
record TrialOptions(
    List<TrialRow> rows,
    long operations,
    List<Long> seeds,
    int forks,
    double recordSeconds,
    double otherRecordSeconds,
    int stressRuns,
    Duration timeout,
    List<PushPath> beside,
    int besideSeeds,
    String unit) {

  static final String HEADLINE_ROW = "ws256";

  /** The row whose recordings the hot path is shown of: ws 256, else the first. */
  TrialRow headline() {
    return rows.stream()
        .filter(row -> row.id().equals(HEADLINE_ROW))
        .findFirst()
        .orElse(rows.getFirst());
  }

  /** Whether a user's own program runs instead of the plan's workload. */
  boolean ownProgram() {
    return !unit.isEmpty();
  }

  /** A throughput as tables show it: in millions of operations, or in the program's own unit. */
  String speed(double throughput) {
    return ownProgram() ? Numbers.short4(throughput) : Numbers.million(throughput);
  }

  /** The rows that a whole trial has. */
  int rowsOfPlan() {
    return ownProgram() ? 1 : TrialRow.ALL.size();
  }

  /**
   * The seeds of the paths beside; where only the headline row is recorded, they run there only.
   */
  List<Long> seedsBeside(TrialRow row) {
    return !row.equals(headline()) && otherRecordSeconds == 0
        ? List.of()
        : seeds.subList(0, Math.min(besideSeeds, seeds.size()));
  }

  /** Timed seconds of the row's recorded run; 0 for none. */
  double recordSeconds(TrialRow row) {
    return row.equals(headline()) ? recordSeconds : otherRecordSeconds;
  }
}
