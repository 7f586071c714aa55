package io.hakmem.analysis.bench;

import io.hakmem.analysis.trial.Machine;
import java.util.List;

/** All that a bench found. */
record Report(
    Machine machine,
    int rounds,
    List<CaseResult> results,
    List<String> notices,
    List<String> failures) {

  /** Where it was measured, in one line. */
  String where() {
    return String.join(
        ", ",
        machine.cpu().isEmpty() ? machine.os() : machine.cpu(),
        machine.cores() + " cores",
        machine.jdk(),
        machine.commit().isEmpty() ? "no commit" : "commit " + machine.commit());
  }
}
