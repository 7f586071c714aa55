package io.hakmem.analysis.trial;

import io.hakmem.analysis.compare.Comparison;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.LayerShare;
import io.hakmem.analysis.verdict.Recommendation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A trial's report as JSON. The names are a contract: a new one may come, none goes or changes its
 * meaning without a new {@code schema}. {@code docs/json.md} of the module documents them.
 *
 * <p>Throughput is in operations per second, times in seconds, shares and spreads are 0 to 1,
 * unknown figures are null.
 */
final class TrialJson {

  static final String SCHEMA = "hakmem-trial/1";

  private TrialJson() {}

  static String render(TrialReport report) {
    TrialResult result = report.result();
    Map<String, @Nullable Object> root = new LinkedHashMap<>();
    root.put("schema", SCHEMA);
    root.put("passed", report.passed());
    root.put("verdict", report.verdict());
    root.put("seconds", result.seconds());
    root.put("stopped", result.stopped());
    root.put("machine", machine(result.machine()));
    root.put("options", options(result.options()));
    root.put("rows", report.rows().stream().map(TrialJson::row).toList());
    root.put("criteria", report.criteria().stream().map(TrialJson::criterion).toList());
    root.put("hypothesis", hypothesis(report.hypothesis()));
    root.put("rollback", report.rollback().stream().map(TrialJson::rollback).toList());
    Comparison comparison = report.comparison();
    root.put("comparison", comparison == null ? null : comparison(comparison));
    Baseline baseline = report.baseline();
    root.put(
        "baseline",
        baseline == null
            ? List.of()
            : baseline.changes(result).stream().map(TrialJson::change).toList());
    root.put(
        "recommendations",
        report.recommendations().stream().map(TrialJson::recommendation).toList());
    root.put("recordings", result.recordings().stream().map(TrialJson::recording).toList());
    root.put("runs", result.runs().stream().map(TrialJson::run).toList());
    return Json.write(root);
  }

  private static Map<String, @Nullable Object> machine(Machine machine) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("jdk", machine.jdk());
    map.put("os", machine.os());
    map.put("cpu", machine.cpu());
    map.put("cores", machine.cores());
    map.put("load", machine.load() < 0 ? null : (Double) machine.load());
    map.put("governor", machine.governor());
    map.put("commit", machine.commit());
    return map;
  }

  private static Map<String, @Nullable Object> options(TrialOptions options) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("rows", options.rows().stream().map(TrialRow::id).toList());
    map.put("operations", options.operations());
    map.put("seeds", options.seeds());
    map.put("forks", options.forks());
    map.put("beside", options.beside().stream().map(PushPath::label).toList());
    map.put("timeoutSeconds", options.timeout().toSeconds());
    map.put("unit", options.unit());
    return map;
  }

  private static Map<String, @Nullable Object> row(RowFigures row) {
    MedianInterval ratio = MedianInterval.of(row.ratios());
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("row", row.row().id());
    map.put("workingSet", row.row().workingSet());
    map.put("blockSize", row.row().blockSize() == 0 ? null : (Integer) row.row().blockSize());
    map.put("valid", row.valid());
    map.put("problem", row.problem());
    map.put("checkedScan", sample(row.checkedScan()));
    map.put("direct", sample(row.direct()));
    Map<String, @Nullable Object> interval = new LinkedHashMap<>();
    interval.put("median", ratio.median());
    interval.put("low", ratio.low());
    interval.put("high", ratio.high());
    interval.put("confidence", ratio.confidence());
    interval.put("pairs", row.ratios());
    interval.put("bootstrap", bootstrap(Bootstrap.median(row.ratios())));
    map.put("ratio", interval);
    map.put("beside", row.beside().stream().map(TrialJson::beside).toList());
    return map;
  }

  private static Map<String, @Nullable Object> beside(BesideFigures beside) {
    Map<String, @Nullable Object> map = sample(beside.throughput());
    map.put("path", beside.path().label());
    map.put("ofDirect", bootstrap(Bootstrap.median(beside.ofDirect())));
    return map;
  }

  static Map<String, @Nullable Object> bootstrap(Bootstrap interval) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("median", interval.median());
    map.put("low", interval.low());
    map.put("high", interval.high());
    map.put("values", interval.values());
    return map;
  }

  private static Map<String, @Nullable Object> sample(List<Double> values) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("runs", values.size());
    map.put("median", Statistics.median(values));
    map.put("coefficientOfVariation", Statistics.coefficientOfVariation(values));
    map.put("range", Statistics.relativeRange(values));
    return map;
  }

  private static Map<String, @Nullable Object> criterion(Criterion criterion) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("level", criterion.level().name());
    map.put("criterion", criterion.name());
    map.put("outcome", criterion.outcome().label());
    map.put("detail", criterion.detail());
    return map;
  }

  private static Map<String, @Nullable Object> hypothesis(Hypothesis hypothesis) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("statement", Hypothesis.STATEMENT);
    map.put("answer", hypothesis.answer().label());
    map.put("witnessesAgree", hypothesis.agree());
    map.put("agreement", hypothesis.agreement());
    map.put("witnesses", List.of(witness(hypothesis.measured()), witness(hypothesis.sampled())));
    return map;
  }

  private static Map<String, @Nullable Object> witness(Witness witness) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("name", witness.name());
    map.put("answer", witness.answer().label());
    map.put("numbers", witness.numbers());
    return map;
  }

  private static Map<String, @Nullable Object> comparison(Comparison comparison) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("decided", comparison.decided());
    map.put("explanation", comparison.explanation());
    return map;
  }

  private static Map<String, @Nullable Object> change(Baseline.Change change) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("row", change.row());
    map.put("path", change.path().label());
    map.put("then", change.then());
    map.put("now", change.now());
    map.put("ratio", bootstrap(change.ratio()));
    map.put("verdict", change.verdict());
    return map;
  }

  private static Map<String, @Nullable Object> recommendation(Recommendation recommendation) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("id", recommendation.id());
    map.put("advice", recommendation.advice());
    map.put("evidence", recommendation.evidence());
    map.put("expected", recommendation.expected());
    map.put("query", recommendation.query());
    return map;
  }

  private static Map<String, @Nullable Object> misuse(Misuse misuse) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("kind", misuse.kind());
    map.put("site", misuse.site());
    map.put("count", misuse.count());
    return map;
  }

  private static Map<String, @Nullable Object> rollback(RollbackCase answer) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("case", answer.name());
    map.put("applies", answer.applies().label());
    map.put("advice", answer.advice());
    return map;
  }

  private static Map<String, @Nullable Object> recording(RecordedPath recording) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("row", recording.row());
    map.put("path", recording.path().label());
    map.put("file", recording.file());
    map.put("proven", recording.proven());
    map.put("problem", recording.problem());
    Optional<HotPath> hotPath = Optional.ofNullable(recording.hotPath());
    map.put("decided", hotPath.map(HotPath::decided).orElse(false));
    map.put("reason", hotPath.map(HotPath::reason).orElse(""));
    map.put("samples", hotPath.map(HotPath::samples).orElse(0L));
    map.put("misuse", recording.misuse().stream().map(TrialJson::misuse).toList());
    map.put(
        "layers",
        hotPath.map(HotPath::layers).orElse(List.of()).stream().map(TrialJson::layer).toList());
    return map;
  }

  private static Map<String, @Nullable Object> layer(LayerShare layer) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("layer", layer.layer());
    map.put("samples", layer.samples());
    map.put("share", layer.share());
    map.put("low", layer.low());
    map.put("high", layer.high());
    map.put("gainIfFree", layer.gainIfFree());
    return map;
  }

  private static Map<String, @Nullable Object> run(Run run) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("kind", run.kind().label());
    map.put("row", run.row());
    map.put("path", run.path().label());
    map.put("seed", run.seed());
    map.put("fork", run.fork());
    map.put("operationsPerSecond", run.operationsPerSecond());
    map.put("exitCode", run.exitCode());
    map.put("swapProven", run.proven());
    map.put("seconds", run.seconds());
    map.put("problem", run.problem());
    map.put("misuse", run.misuse());
    map.put("log", run.log());
    map.put("recording", run.recording());
    return map;
  }
}
