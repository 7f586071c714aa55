package io.hakmem.analysis.trial;

import org.jspecify.annotations.Nullable;

/**
 * One child JVM that ran.
 *
 * @param row the row's id; for the plan's other runs their workload arguments' short name
 * @param fork which repetition of the seed, from 1
 * @param operationsPerSecond NaN where the run failed
 * @param exitCode −1 where the child was stopped because it did not end
 * @param proven whether the agent said that a probe saw the path live
 * @param seconds wall time of the whole child
 * @param problem empty where all went well, else what did not, in a sentence
 * @param misuse the first line of the child's stderr that names an invalid free; empty for none
 * @param log the child's stderr, relative to the output folder
 * @param recording relative to the output folder; null for an unrecorded run
 */
record Run(
    RunKind kind,
    String row,
    PushPath path,
    long seed,
    int fork,
    double operationsPerSecond,
    int exitCode,
    boolean proven,
    double seconds,
    String problem,
    String misuse,
    String log,
    @Nullable String recording) {

  boolean passed() {
    return problem.isEmpty();
  }

  Run with(String otherProblem) {
    return new Run(
        kind,
        row,
        path,
        seed,
        fork,
        operationsPerSecond,
        exitCode,
        proven,
        seconds,
        otherProblem,
        misuse,
        log,
        recording);
  }

  /** What a message calls it, for example {@code figure ws256, direct, seed 42}. */
  String name() {
    return kind.label() + " " + row + ", " + path.label() + ", seed " + seed;
  }
}
