package io.hakmem.analysis.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A row's figures, from its unrecorded runs that passed.
 *
 * @param checkedScan throughput of each run in ops/s
 * @param direct the same
 * @param ratios direct over checked-scan, of runs next to each other with the same seed
 * @param beside the paths beside the two
 * @param problem why the row does not count (a swap that was not proven did not happen); empty
 *     where it does
 */
record RowFigures(
    TrialRow row,
    List<Double> checkedScan,
    List<Double> direct,
    List<Double> ratios,
    List<BesideFigures> beside,
    String problem) {

  static RowFigures of(TrialRow row, TrialResult result) {
    List<Run> scans = figures(row, result, PushPath.CHECKED_SCAN);
    List<Run> directs = figures(row, result, PushPath.DIRECT);
    List<Double> ratios = new ArrayList<>();
    for (Run direct : directs) {
      for (Run scan : scans) {
        if (scan.seed() == direct.seed() && scan.fork() == direct.fork()) {
          ratios.add(direct.operationsPerSecond() / scan.operationsPerSecond());
        }
      }
    }
    return new RowFigures(
        row,
        throughput(scans),
        throughput(directs),
        List.copyOf(ratios),
        result.options().beside().stream()
            .map(path -> BesideFigures.of(path, figures(row, result, path), directs))
            .toList(),
        problem(row, result));
  }

  double checkedScanMedian() {
    return Statistics.median(checkedScan);
  }

  double directMedian() {
    return Statistics.median(direct);
  }

  double ratio() {
    return Statistics.median(ratios);
  }

  boolean valid() {
    return problem.isEmpty();
  }

  /** Valid, and with figures of both paths. */
  boolean measured() {
    return valid() && !ratios.isEmpty();
  }

  private static List<Run> figures(TrialRow row, TrialResult result, PushPath path) {
    return result.runs(RunKind.FIGURE, path).stream()
        .filter(run -> run.row().equals(row.id()) && run.passed())
        .toList();
  }

  private static List<Double> throughput(List<Run> runs) {
    return runs.stream().map(Run::operationsPerSecond).toList();
  }

  private static String unproven(TrialRow row, TrialResult result, PushPath path) {
    long count =
        result.runs(RunKind.FIGURE, path).stream()
            .filter(run -> run.row().equals(row.id()) && run.exitCode() == 0 && !run.proven())
            .count();
    return count == 0 ? "" : path.label() + ": the swap of " + count + " runs was not proven";
  }

  // A row that was not recorded itself rests on the headline row's proof: same agent, same
  // argument.
  private static String problem(TrialRow row, TrialResult result) {
    boolean recorded = result.options().recordSeconds(row) > 0;
    String witness = recorded ? row.id() : result.options().headline().id();
    for (PushPath path : PushPath.COMPARED) {
      String unproven = unproven(row, result, path);
      if (!unproven.isEmpty()) {
        return unproven;
      }
      Optional<RecordedPath> recording = result.recording(witness, path);
      if (recording.isEmpty()) {
        return "no recording proves the swap to " + path.label();
      }
      if (!recording.get().proven()) {
        return path.label() + ": " + recording.get().problem();
      }
    }
    return "";
  }
}
