package io.hakmem.analysis.verdict;

import static io.hakmem.analysis.render.Texts.duration;
import static io.hakmem.analysis.render.Texts.percent;

import io.hakmem.analysis.query.QueryRunner;
import java.util.Optional;

/**
 * CPU time of the JIT's threads beside that of Java threads, in nanoseconds. Compiling that ends
 * with the warm-up is no layer: a longer run has a smaller share of it.
 *
 * @param nanos of the JIT in all
 * @param late of the JIT in the second half of the recording
 * @param java of Java threads in all
 * @param lateJava of Java threads in the second half
 */
record Jit(long nanos, long late, long java, long lateJava) {

  /** Of the second half's CPU time; below it compiling has ended. */
  private static final double GOES_ON = 0.1;

  /** Within this time of its Java threads a program may still be warming up. */
  private static final double WARM_UP_NANOS = 10e9;

  private static final double WORTH_SAYING = 0.05;

  static Optional<Jit> of(QueryRunner queries) {
    return queries
        .list(
            "jit-cpu-time",
            row -> new Jit(row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)))
        .stream()
        .filter(jit -> jit.java > 0)
        .findFirst();
  }

  boolean goesOn() {
    return java - lateJava > WARM_UP_NANOS && late > GOES_ON * (late + lateJava);
  }

  /** In samples of the same weight as those of Java threads. */
  long samples(long javaSamples) {
    return Math.round((double) javaSamples * nanos / java);
  }

  /** What to say of compiling that is no layer. */
  Optional<String> note() {
    double share = (double) nanos / (nanos + java);
    return goesOn() || share < WORTH_SAYING
        ? Optional.empty()
        : Optional.of(
            "Beside the layers the JIT took %s, %s of the process's CPU time; %s in the second half."
                .formatted(
                    duration(nanos),
                    percent(share),
                    percent((double) late / Math.max(1, late + lateJava))));
  }
}
