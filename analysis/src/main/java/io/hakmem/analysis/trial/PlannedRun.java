package io.hakmem.analysis.trial;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A child JVM to be run.
 *
 * @param row the table row that it belongs to; null for stress, stability and debug
 * @param operations of the workload; 0 for a recorded run, whose length follows from the figures
 */
record PlannedRun(
    RunKind kind,
    @Nullable TrialRow row,
    PushPath path,
    long operations,
    int workingSet,
    long seed,
    int fork) {

  /** The id that the run goes by in tables and JSON. */
  String rowId() {
    return row != null ? row.id() : "ws" + workingSet;
  }

  /** The workload's arguments after its name, for so many operations. */
  List<String> arguments(long count) {
    return row != null
        ? row.arguments(count, seed)
        : List.of(Long.toString(count), Integer.toString(workingSet), Long.toString(seed));
  }

  /** Stem of the names of its files, unique in one trial. */
  String fileName() {
    return String.format(
        Locale.ROOT, "%s-%s-%s-seed%d-%d", kind.label(), rowId(), path.label(), seed, fork);
  }
}
