package io.hakmem.analysis.trial;

import io.hakmem.analysis.compare.Comparison;
import io.hakmem.analysis.compare.ComparisonText;
import io.hakmem.analysis.render.Paint;
import io.hakmem.analysis.render.TextTable;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.HotPathText;
import io.hakmem.analysis.verdict.LayerShare;
import io.hakmem.analysis.verdict.Recommendation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A trial's report as text. The table is 76 columns wide. */
final class TrialText {

  private static final int MOST_FAILURES = 5;

  private final TrialReport report;
  private final Path out;
  private final int width;
  private final Paint paint;
  private final StringBuilder text = new StringBuilder();

  private TrialText(TrialReport report, Path out, int width, Paint paint) {
    this.report = report;
    this.out = out;
    this.width = width;
    this.paint = paint;
  }

  /** Lines ended by a newline, {@code width} columns at most, which should be 76 or more. */
  static String render(TrialReport report, Path out, int width, Paint paint) {
    TrialText text = new TrialText(report, out, width, paint);
    text.verdict();
    text.header();
    text.table();
    text.ratios();
    text.baseline();
    text.failures();
    text.criteria();
    text.hypothesis();
    text.comparison();
    text.hotPaths();
    text.rows();
    text.rollback();
    text.recommendations();
    text.footer();
    return text.text.toString();
  }

  private void verdict() {
    line("Trial of the direct push against the checked scan");
    line("");
    Wrap.text("", "", report.verdict(), width).lines().forEach(line -> line(paint.bold(line)));
    line("");
  }

  private void header() {
    Machine machine = report.result().machine();
    TrialOptions options = report.result().options();
    item("JDK", machine.jdk());
    item("machine", machine.cpu() + ", " + machine.cores() + " cores, " + machine.os() + load());
    if (machine.busy()) {
      item("note", "other processes keep this machine busy: figures come out low and scattered");
    }
    if (!machine.governor().isEmpty()) {
      item("governor", machine.governor());
    }
    if (!machine.commit().isEmpty()) {
      item("commit", machine.commit());
    }
    item(
        "runs",
        options.seeds().size() * options.forks()
            + " x 2 fresh JVMs a row, interleaved, unrecorded; "
            + (options.ownProgram() ? "unit: " + options.unit() : operations(options)));
    line("");
  }

  private static String operations(TrialOptions options) {
    return options.operations()
        + " operations each; seeds "
        + String.join(", ", options.seeds().stream().map(String::valueOf).toList());
  }

  private String load() {
    double load = report.result().machine().load();
    return load < 0 ? "" : String.format(Locale.ROOT, ", load %.1f at the start", load);
  }

  private void table() {
    boolean own = report.result().options().ownProgram();
    line("                checked-scan          direct                      the plan");
    line(
        "row             M ops/s  spread  M ops/s  spread    gain  ratio  was    target"
            .replace("M ops/s", own ? "   unit" : "M ops/s"));
    for (RowFigures row : report.rows()) {
      line(
          String.format(
              Locale.ROOT,
              "%-14s  %7s %7s  %7s %7s %8s  %5s %5s %6s",
              row.row().label(),
              report.result().options().speed(row.checkedScanMedian()),
              spread(row.checkedScan()),
              report.result().options().speed(row.directMedian()),
              spread(row.direct()),
              Numbers.improvement(row.ratio()),
              Numbers.two(row.ratio()),
              Numbers.two(row.row().planBaseline()),
              target(row.row())));
      if (!row.valid()) {
        paragraph("  ", "  ", "this row is invalid: " + row.problem());
      }
    }
    paragraph(
        "",
        "",
        "Medians. Spread is the coefficient of variation. Gain and ratio are the median of paired"
            + " runs. \"Was\" and target are the plan's, from another machine.");
    line("");
  }

  private static String target(TrialRow row) {
    return Double.isNaN(row.planTargetLow())
        ? "-"
        : String.format(Locale.ROOT, "%.0f-%.0f", row.planTargetLow(), row.planTargetHigh());
  }

  private void ratios() {
    TrialOptions options = report.result().options();
    text.append(RatioText.render(report.rows(), options.beside(), options::speed, width));
    line("");
  }

  private void baseline() {
    Baseline baseline = report.baseline();
    if (baseline != null) {
      text.append(
          BaselineText.render(
              baseline, baseline.changes(report.result()), report.result().options(), width));
    }
  }

  private void comparison() {
    Comparison comparison = report.comparison();
    if (comparison != null) {
      line("What the swap changed, by the recordings");
      text.append(ComparisonText.renderBrief(comparison, width)).append('\n');
    }
  }

  private static String spread(List<Double> values) {
    return Numbers.percent(Statistics.coefficientOfVariation(values));
  }

  private void failures() {
    List<Run> failures = report.result().failures();
    if (!report.result().stopped().isEmpty()) {
      paragraph("", "", "Given up: " + report.result().stopped() + ".");
      line("");
    }
    if (failures.isEmpty()) {
      return;
    }
    line(failures.size() + " of " + report.result().runs().size() + " runs failed");
    for (Run run : failures.subList(0, Math.min(MOST_FAILURES, failures.size()))) {
      paragraph("  ", "    ", run.name() + ": " + run.problem());
      line("    " + out.resolve(run.log()));
    }
    line("");
  }

  private void criteria() {
    line("Criteria");
    for (Criterion criterion : report.criteria()) {
      line(
          String.format(
              "  %s  %s  %s", criterion.level(), painted(criterion.outcome()), criterion.name()));
      paragraph("                     ", "                     ", criterion.detail());
    }
    line("");
  }

  private String painted(Outcome outcome) {
    String label = String.format("%-13s", outcome.label());
    return switch (outcome) {
      case MET -> paint.green(label);
      case NOT_MET -> paint.red(label);
      case NOT_DECIDABLE -> paint.yellow(label);
    };
  }

  private void hypothesis() {
    Hypothesis hypothesis = report.hypothesis();
    line(
        "Hypothesis \""
            + Hypothesis.STATEMENT
            + "\": "
            + hypothesis.answer().label().toUpperCase(Locale.ROOT));
    witness(hypothesis.measured());
    witness(hypothesis.sampled());
    paragraph("  ", "    ", "Together: " + hypothesis.agreement() + ".");
    line("");
  }

  private void witness(Witness witness) {
    paragraph(
        "  ", "    ", witness.name() + ": " + witness.answer().label() + ". " + witness.numbers());
  }

  private void hotPaths() {
    TrialRow headline = report.result().options().headline();
    for (PushPath path : PushPath.COMPARED) {
      Optional<RecordedPath> recording = report.result().recording(headline.id(), path);
      line("Hot path of " + path.label() + ", " + headline.label());
      HotPath hotPath = recording.isPresent() ? recording.get().hotPath() : null;
      if (hotPath == null) {
        String why = recording.map(RecordedPath::problem).orElse("it was not recorded");
        paragraph("  ", "  ", "none: " + why);
      } else {
        text.append(HotPathText.renderBrief(hotPath, width).stripTrailing()).append('\n');
      }
      line("");
    }
  }

  private void rows() {
    List<RecordedPath> recordings = report.result().recordings();
    if (recordings.size() <= PushPath.COMPARED.size()) {
      return;
    }
    TextTable table = TextTable.of("recording", ">samples", "most CPU time in", "then");
    for (RecordedPath recording : recordings) {
      HotPath hotPath = recording.hotPath();
      String name = recording.row() + "-" + recording.path().label();
      if (hotPath == null) {
        table.row(name, "-", recording.problem(), "");
      } else {
        String samples = Long.toString(hotPath.samples());
        table.row(name, samples, layer(hotPath, 0), layer(hotPath, 1));
      }
    }
    line("Every recording; 'hakmem analyze NAME.jfr' shows all that is in one");
    text.append(table.render("  ", width));
    line("");
  }

  private static String layer(HotPath hotPath, int rank) {
    if (hotPath.layers().size() <= rank) {
      return "-";
    }
    LayerShare layer = hotPath.layers().get(rank);
    return layer.layer() + " " + Numbers.percent(layer.share());
  }

  private void rollback() {
    line("What the rollback plan says");
    for (RollbackCase answer : report.rollback()) {
      line("  " + answer.name() + ": " + answer.applies().label());
      paragraph("     ", "     ", answer.advice());
    }
    line("");
  }

  private void recommendations() {
    if (report.recommendations().isEmpty()) {
      return;
    }
    line("Recommendations");
    for (Recommendation r : report.recommendations()) {
      paragraph("  ", "    ", r.sentence());
    }
    line("");
  }

  private void footer() {
    item("kept", out.resolve("recordings") + ", " + out.resolve("logs"));
    item(
        "result",
        (report.passed() ? "no P0 criterion is missed" : "a P0 criterion is not met")
            + String.format(Locale.ROOT, " (%.0f s)", report.result().seconds()));
  }

  private void item(String name, String value) {
    paragraph(String.format("%-9s ", name), "          ", value);
  }

  private void paragraph(String first, String rest, String words) {
    text.append(Wrap.text(first, rest, words, width));
  }

  private void line(String line) {
    text.append(line.stripTrailing()).append('\n');
  }
}
