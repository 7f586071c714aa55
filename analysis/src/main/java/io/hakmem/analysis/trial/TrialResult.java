package io.hakmem.analysis.trial;

import java.util.List;
import java.util.Optional;

/**
 * All that a trial measured.
 *
 * @param runs in the order in which they ran
 * @param recordings one per recorded run
 * @param stopped why it ended early; empty where it did not
 * @param seconds wall time of all
 */
record TrialResult(
    TrialOptions options,
    Machine machine,
    List<Run> runs,
    List<RecordedPath> recordings,
    String stopped,
    double seconds) {

  Optional<RecordedPath> recording(String row, PushPath path) {
    return recordings.stream().filter(r -> r.row().equals(row) && r.path() == path).findFirst();
  }

  List<Run> runs(RunKind kind, PushPath path) {
    return runs.stream().filter(run -> run.kind() == kind && run.path() == path).toList();
  }

  List<Run> failures() {
    return runs.stream().filter(run -> !run.passed()).toList();
  }

  List<Run> failures(PushPath path) {
    return failures().stream().filter(run -> run.path() == path).toList();
  }
}
