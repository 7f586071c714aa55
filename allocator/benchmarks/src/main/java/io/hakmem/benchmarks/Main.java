package io.hakmem.benchmarks;

import io.hakmem.benchmarks.Workload.Parameter;
import io.hakmem.benchmarks.model.RandomModel;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** Runs one workload: its name, then its numbers. Exit codes: 0 fine, 1 failed, 2 usage. */
public final class Main {

  static final int OK = 0;

  /** What the workload wanted to see did not hold. */
  static final int FAILED = 1;

  private static final int USAGE = 2;

  private static final Parameter WORKING_SET =
      new Parameter("working set", "slots, 1 to 100000000", 8192, 1, 100_000_000);
  private static final Parameter SEED =
      new Parameter(
          "seed",
          "of the random numbers, not 0 in its low 32 bits",
          42,
          Long.MIN_VALUE,
          Long.MAX_VALUE);

  private static final List<Parameter> RANDOM_MIXED =
      List.of(
          operations("allocates and frees in the timed part, 1 or more", 20_000_000),
          WORKING_SET,
          SEED,
          new Parameter("min", "smallest block in bytes, 1 or more", 16, 1, 1 << 30),
          new Parameter("max", "largest block in bytes, up to 1073741824", 1039, 1, 1 << 30));

  private static final List<Workload> WORKLOADS =
      List.of(
          new Workload("random-mixed", RANDOM_MIXED, RandomMixed::wrong, RandomMixed::time),
          new Workload(
              "random-mixed-handle", RANDOM_MIXED, RandomMixed::wrong, RandomMixedByHandle::time),
          new Workload(
              "pairs",
              List.of(
                  operations("allocates and frees by handle, 2 a pair", 200_000_000),
                  new Parameter("size", "of each block in bytes", 64, 0, 1 << 30)),
              Pairs::time),
          new Workload(
              "random-model",
              List.of(
                  operations("calls of the API, 1 or more", 10_000_000),
                  new Parameter("threads", "platform threads, and as many virtual ones", 8, 1, 256),
                  new Parameter(
                      "seed", "of the random numbers", 42, Long.MIN_VALUE, Long.MAX_VALUE)),
              (values, out) -> RandomModel.run(values[0], (int) values[1], values[2], out)),
          new Workload(
              "footprint",
              List.of(
                  WORKING_SET,
                  operations("allocates and frees before the memory is measured", 10_000_000)),
              Footprint::run),
          new Workload(
              "many-threads",
              List.of(
                  new Parameter(
                      "count", "platform threads, then virtual ones", 100_000, 1, 10_000_000)),
              ManyThreads::run),
          new Workload(
              "trace-check",
              List.of(
                  operations("allocates and frees of all threads", 10_000_000),
                  new Parameter("threads", "platform threads", 4, 1, 256),
                  new Parameter("virtual", "virtual threads beside them", 0, 0, 100_000),
                  new Parameter(
                      "seed", "of the random numbers", 42, Long.MIN_VALUE, Long.MAX_VALUE)),
              TraceCheck::run),
          new Workload(
              "peak",
              List.of(
                  new Parameter("bytes", "allocated, then freed", 1L << 30, 1, 1L << 40),
                  new Parameter("size", "of each block", 200, 1, 1 << 30)),
              Peak::run));

  private Main() {}

  private static Parameter operations(String meaning, long fallback) {
    return new Parameter("operations", meaning, fallback, 1, Long.MAX_VALUE);
  }

  public static void main(String[] arguments) throws InterruptedException {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) throws InterruptedException {
    for (Workload workload : WORKLOADS) {
      if (arguments.length > 0 && workload.name().equals(arguments[0])) {
        return run(workload, arguments, out, err);
      }
    }
    String wrong =
        arguments.length == 0
            ? "expected the name of a workload"
            : "unknown workload '" + arguments[0] + "'";
    String all =
        WORKLOADS.stream().map(Workload::synopsis).collect(Collectors.joining("\n       "));
    return usage(err, wrong, "usage: " + all);
  }

  private static int run(Workload workload, String[] arguments, PrintStream out, PrintStream err)
      throws InterruptedException {
    long[] values = workload.defaults();
    if (arguments.length > 1 + values.length) {
      String wrong = "expected at most %d numbers".formatted(values.length);
      return usage(err, wrong, workload.usage());
    }
    for (int i = 1; i < arguments.length; i++) {
      try {
        values[i - 1] = Long.parseLong(arguments[i]);
      } catch (NumberFormatException e) {
        return usage(err, "not a number: '" + arguments[i] + "'", workload.usage());
      }
    }
    String wrong = workload.wrong(values);
    return wrong.isEmpty() ? workload.body().run(values, out) : usage(err, wrong, workload.usage());
  }

  private static int usage(PrintStream err, String wrong, String usage) {
    err.println(wrong);
    err.println(usage);
    return USAGE;
  }
}
