package io.hakmem.benchmarks;

import java.io.PrintStream;
import java.util.Locale;

/** Runs one workload: {@code random-mixed [operations] [working set] [seed] [min] [max]}. */
public final class Main {

  private static final String USAGE =
      """
      usage: random-mixed [operations] [working set] [seed] [min] [max]
        operations   allocates and frees in the timed part, 1 or more (default 20000000)
        working set  slots, 1 to 100000000 (default 8192)
        seed         of the random numbers, not 0 (default 42)
        min, max     bounds of the block sizes in bytes, 1 to 1073741824 (default 16 1039)""";

  private static final int EXIT_USAGE = 2;
  private static final int WARM_UP_ROUNDS = 20;
  private static final long WARM_UP_OPERATIONS = 250_000;

  private Main() {}

  public static void main(String[] arguments) {
    System.exit(run(arguments, System.out, System.err));
  }

  static int run(String[] arguments, PrintStream out, PrintStream err) {
    long[] values = {20_000_000, 8192, 42, 16, 1039};
    if (arguments.length == 0 || arguments.length > 1 + values.length) {
      return usage(err, "expected the name of a workload and at most 5 numbers");
    }
    if (!arguments[0].equals("random-mixed")) {
      return usage(err, "unknown workload '" + arguments[0] + "'");
    }
    for (int i = 1; i < arguments.length; i++) {
      try {
        values[i - 1] = Long.parseLong(arguments[i]);
      } catch (NumberFormatException e) {
        return usage(err, "not a number: '" + arguments[i] + "'");
      }
    }
    String wrong = wrong(values);
    if (!wrong.isEmpty()) {
      return usage(err, wrong);
    }
    randomMixed(values[0], (int) values[1], (int) values[2], (int) values[3], (int) values[4], out);
    return 0;
  }

  private static String wrong(long[] values) {
    if (values[0] < 1) {
      return "operations must be 1 or more: " + values[0];
    }
    if (values[1] < 1 || values[1] > 100_000_000) {
      return "working set must be 1 to 100000000: " + values[1];
    }
    if ((int) values[2] == 0) {
      return "seed must not be 0 in its low 32 bits: " + values[2];
    }
    if (values[3] < 1 || values[3] > values[4] || values[4] > 1 << 30) {
      return "sizes must be 1 <= min <= max <= 1073741824: " + values[3] + " " + values[4];
    }
    return "";
  }

  private static int usage(PrintStream err, String wrong) {
    err.println(wrong);
    err.println(USAGE);
    return EXIT_USAGE;
  }

  private static void randomMixed(
      long operations, int workingSet, int seed, int min, int max, PrintStream out) {
    RandomMixed workload = new RandomMixed(workingSet, min, max);
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      workload.run(WARM_UP_OPERATIONS, seed);
    }
    long start = System.nanoTime();
    workload.run(operations, seed);
    double seconds = (System.nanoTime() - start) * 1e-9;
    out.println(
        String.format(
            Locale.ROOT,
            "Throughput = %.0f ops/s [iter=%d ws=%d] time=%.3fs",
            operations / seconds,
            operations,
            workingSet,
            seconds));
  }
}
