package io.hakmem.analysis.trial;

import java.util.ArrayList;
import java.util.List;

/**
 * A row's figures under a path that runs beside the two that are compared.
 *
 * @param throughput of each run in ops/s
 * @param ofDirect over direct, of runs next to each other with the same seed
 */
record BesideFigures(PushPath path, List<Double> throughput, List<Double> ofDirect) {

  static BesideFigures of(PushPath path, List<Run> runs, List<Run> directs) {
    List<Double> ratios = new ArrayList<>();
    for (Run run : runs) {
      for (Run direct : directs) {
        if (run.seed() == direct.seed() && run.fork() == direct.fork()) {
          ratios.add(run.operationsPerSecond() / direct.operationsPerSecond());
        }
      }
    }
    return new BesideFigures(
        path, runs.stream().map(Run::operationsPerSecond).toList(), List.copyOf(ratios));
  }

  double median() {
    return Statistics.median(throughput);
  }
}
