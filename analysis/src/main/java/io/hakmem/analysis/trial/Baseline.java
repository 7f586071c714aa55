package io.hakmem.analysis.trial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An earlier trial's JSON, for comparison.
 *
 * @param file as it was named
 * @param commit of the code that it measured; empty where unknown
 * @param machine its processor
 * @param figures throughput of each good unrecorded run in ops/s, by row and path as {@code
 *     ws256/direct}
 */
record Baseline(Path file, String commit, String machine, Map<String, List<Double>> figures) {

  /** How one row changed under one path. */
  record Change(String row, PushPath path, double then, double now, Bootstrap ratio) {

    String verdict() {
      if (Double.isNaN(ratio.low())) {
        return "too few runs";
      }
      if (!ratio.excludes(1)) {
        return "no difference";
      }
      return ratio.low() > 1 ? "faster" : "slower";
    }
  }

  /**
   * Reads it.
   *
   * @throws IOException if it cannot be read or is no trial's JSON; the message says which
   */
  static Baseline read(Path file) throws IOException {
    Object root;
    try {
      root = JsonReader.read(Files.readString(file));
    } catch (IllegalArgumentException e) {
      throw new IOException(file + ": " + e.getMessage(), e);
    }
    if (!(root instanceof Map<?, ?> map) || !TrialJson.SCHEMA.equals(map.get("schema"))) {
      throw new IOException(
          file + ": expected what 'evaluate --json' wrote, schema " + TrialJson.SCHEMA);
    }
    Map<String, List<Double>> figures = new LinkedHashMap<>();
    if (map.get("runs") instanceof List<?> runs) {
      runs.forEach(run -> add(figures, run));
    }
    Map<?, ?> machine = map.get("machine") instanceof Map<?, ?> found ? found : Map.of();
    return new Baseline(file, text(machine.get("commit")), text(machine.get("cpu")), figures);
  }

  private static void add(Map<String, List<Double>> figures, @Nullable Object run) {
    if (run instanceof Map<?, ?> map
        && RunKind.FIGURE.label().equals(map.get("kind"))
        && "".equals(map.get("problem"))
        && map.get("operationsPerSecond") instanceof Double speed) {
      String key = text(map.get("row")) + "/" + text(map.get("path"));
      figures.computeIfAbsent(key, k -> new ArrayList<>()).add(speed);
    }
  }

  private static String text(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  /** What changed since, of the rows that both trials ran. */
  List<Change> changes(TrialResult result) {
    List<Change> changes = new ArrayList<>();
    for (TrialRow row : result.options().rows()) {
      for (PushPath path : PushPath.COMPARED) {
        List<Double> then = figures.getOrDefault(row.id() + "/" + path.label(), List.of());
        List<Double> now =
            result.runs(RunKind.FIGURE, path).stream()
                .filter(run -> run.row().equals(row.id()) && run.passed())
                .map(Run::operationsPerSecond)
                .toList();
        if (!then.isEmpty() && !now.isEmpty()) {
          changes.add(
              new Change(
                  row.label(),
                  path,
                  Statistics.median(then),
                  Statistics.median(now),
                  Bootstrap.ratio(now, then)));
        }
      }
    }
    return changes;
  }
}
