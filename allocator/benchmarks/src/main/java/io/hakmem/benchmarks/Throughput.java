package io.hakmem.benchmarks;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongConsumer;

/** Times a loop that the JIT compiler knows already. */
public final class Throughput {

  private static final int WARM_UP_ROUNDS = 20;
  private static final long WARM_UP_OPERATIONS = 250_000;

  private Throughput() {}

  /**
   * Prints the line that the comparing scripts read.
   *
   * @param loop does as many operations as it is told
   */
  static void time(long operations, long workingSet, PrintStream out, LongConsumer loop) {
    for (int round = 0; round < WARM_UP_ROUNDS; round++) {
      loop.accept(WARM_UP_OPERATIONS);
    }
    long start = System.nanoTime();
    loop.accept(operations);
    double seconds = (System.nanoTime() - start) * 1e-9;
    print(operations, workingSet, seconds, out);
  }

  /** Prints that line. */
  public static void print(long operations, long workingSet, double seconds, PrintStream out) {
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
