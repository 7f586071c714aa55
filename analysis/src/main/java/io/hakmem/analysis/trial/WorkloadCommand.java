package io.hakmem.analysis.trial;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a child JVM is started. */
interface WorkloadCommand {

  /** The push paths that can be run. */
  default List<PushPath> paths() {
    return PushPath.COMPARED;
  }

  /**
   * The file that a child writes, which is nothing worth when the child was stopped.
   *
   * @param recording as {@link #command} got it
   */
  default @Nullable Path result(@Nullable Path recording) {
    return recording;
  }

  /** The throughput of a child that ended well. */
  default Reading read(ChildJvm.Ended ended, PlannedRun planned, long operations) {
    Optional<ThroughputLine> line = ThroughputLine.lastOf(ended.output());
    return new Reading(
        line.map(ThroughputLine::operationsPerSecond).orElse(Double.NaN),
        RunProblem.ofLine(ended, line, operations, planned.workingSet()));
  }

  /**
   * The command of one child.
   *
   * @param arguments of the workload, after its name
   * @param errorFile where a crashing JVM writes what it knows
   * @param recording where Flight Recorder writes to; null for an unrecorded run
   */
  List<String> command(
      PushPath path, List<String> arguments, Path errorFile, @Nullable Path recording);
}
