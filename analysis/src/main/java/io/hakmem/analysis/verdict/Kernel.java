package io.hakmem.analysis.verdict;

import static io.hakmem.analysis.render.Texts.duration;
import static io.hakmem.analysis.render.Texts.percent;

import io.hakmem.analysis.query.QueryRunner;
import java.util.List;

/**
 * CPU time of Java threads in the kernel by its own clock, in nanoseconds, beside what samples show
 * of it. No sample has a frame in a page fault: it counts for the code that touched the page.
 *
 * @param kernel by the clock
 * @param user time beside it by the clock
 * @param os samples of the layer OS
 * @param elsewhere samples of other code that may be in the kernel: native code, the JVM
 * @param sampled all samples
 */
record Kernel(long kernel, long user, long os, long elsewhere, long sampled) {

  /** Of the CPU time; less is within what start-up and the clocks do. */
  private static final double NOISE = 0.1;

  static List<Kernel> of(QueryRunner queries) {
    return queries
        .list(
            "kernel-time",
            row ->
                new Kernel(
                    row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5)))
        .stream()
        .filter(kernel -> kernel.kernel > 0 && kernel.sampled > 0)
        .toList();
  }

  static List<Testimony> witness(QueryRunner queries) {
    return of(queries).stream().map(Kernel::testimony).toList();
  }

  private double share() {
    return (double) kernel / (kernel + user);
  }

  /** Share of the CPU time in the kernel that no sample can show, 0 to 1. */
  double faults() {
    return Math.max(0, share() - (double) (os + elsewhere) / sampled);
  }

  private Testimony testimony() {
    boolean agrees = faults() <= NOISE;
    String numbers =
        "%s (%s) in the kernel by its own clock, %s by samples of the layer OS, at most %s in native code and the JVM"
            .formatted(
                duration(kernel),
                percent(share()),
                percent((double) os / sampled),
                percent((double) elsewhere / sampled));
    return new Testimony(
        "kernel clocks",
        agrees,
        agrees
            ? numbers
            : numbers
                + "; the rest, %s or more, are page faults: fresh memory counts for the layer that touches it first"
                    .formatted(percent(faults())),
        "kernel-time");
  }
}
