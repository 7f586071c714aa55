package io.hakmem.analysis.bench;

import io.hakmem.analysis.bench.CaseResult.Row;
import io.hakmem.analysis.trial.Json;
import io.hakmem.analysis.trial.Machine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The report with every single figure. */
final class BenchJson {

  private BenchJson() {}

  static String render(Report report) {
    Map<String, @Nullable Object> all = new LinkedHashMap<>();
    all.put("machine", machine(report.machine()));
    all.put("rounds", report.rounds());
    all.put("cases", report.results().stream().map(BenchJson::result).toList());
    all.put("skipped", report.notices());
    all.put("failures", report.failures());
    return Json.write(all);
  }

  private static Map<String, Object> machine(Machine machine) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("cpu", machine.cpu());
    map.put("cores", machine.cores());
    map.put("os", machine.os());
    map.put("jdk", machine.jdk());
    map.put("commit", machine.commit());
    map.put("load", machine.load());
    return map;
  }

  private static Map<String, Object> result(CaseResult result) {
    Case which = result.which();
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("workload", which.workload());
    map.put("workingSet", which.workingSet());
    map.put("threads", which.threads());
    map.put("operations", which.operations());
    map.put("peers", result.rows().stream().map(BenchJson::row).toList());
    return map;
  }

  private static Map<String, Object> row(Row row) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("peer", row.peer().name());
    map.put("meaning", row.peer().meaning());
    map.put("kind", row.peer().kind().name());
    map.put("settings", row.peer().settings());
    map.put("operationsPerSecond", row.speed());
    map.put("ofBest", row.ofBest());
    map.put("ofFloor", row.ofFloor());
    map.put("netNanoseconds", row.netNanos());
    map.put("residentGrowthBytes", row.residentGrowth());
    map.put("rounds", rounds(row.samples()));
    return map;
  }

  private static List<Map<String, Object>> rounds(List<Sample> samples) {
    return samples.stream()
        .map(
            sample -> {
              Map<String, Object> map = new LinkedHashMap<>();
              map.put("round", sample.round());
              map.put("operationsPerSecond", sample.operationsPerSecond());
              map.put("residentGrowthBytes", sample.residentGrowth());
              return map;
            })
        .toList();
  }
}
