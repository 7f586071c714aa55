package io.hakmem.analysis.bench;

import java.util.List;
import java.util.Locale;

/** One workload with its numbers: a table of the result. */
record Case(String workload, int workingSet, int threads, long operations) {

  List<String> arguments() {
    return List.of(
        workload,
        Long.toString(operations),
        Integer.toString(workingSet),
        Integer.toString(threads));
  }

  String title() {
    return String.format(
        Locale.ROOT,
        "%s, working set %,d, %d %s, %,d operations",
        workload,
        workingSet,
        threads,
        threads == 1 ? "thread" : "threads",
        operations);
  }

  String label() {
    return workload + " ws " + workingSet + (threads == 1 ? "" : ", " + threads + " threads");
  }
}
