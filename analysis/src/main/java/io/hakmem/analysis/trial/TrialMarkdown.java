package io.hakmem.analysis.trial;

import io.hakmem.analysis.compare.Comparison;
import io.hakmem.analysis.compare.ComparisonMarkdown;
import io.hakmem.analysis.render.Markdown;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.HotPathMarkdown;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A trial's report as Markdown: the same parts as the text, in its order. */
final class TrialMarkdown {

  private final TrialReport report;
  private final Markdown text = new Markdown();

  private TrialMarkdown(TrialReport report) {
    this.report = report;
  }

  static String render(TrialReport report) {
    TrialMarkdown markdown = new TrialMarkdown(report);
    markdown.header();
    markdown.figures();
    markdown.failures();
    markdown.criteria();
    markdown.hypothesis();
    markdown.rollback();
    markdown.recommendations();
    markdown.recordings();
    return markdown.text.toString();
  }

  private void header() {
    TrialResult result = report.result();
    Machine machine = result.machine();
    text.heading(1, "Trial of the direct push against the checked scan");
    text.paragraph(report.verdict());
    text.paragraph(
        String.format(
            Locale.ROOT,
            "%s; %s, %d cores, %s%s; %s%d runs in %.0f s.",
            machine.jdk(),
            machine.cpu(),
            machine.cores(),
            machine.os(),
            machine.load() < 0
                ? ""
                : String.format(Locale.ROOT, ", load %.1f at the start", machine.load()),
            machine.commit().isEmpty() ? "" : "commit " + machine.commit() + "; ",
            result.runs().size(),
            result.seconds()));
    if (!result.stopped().isEmpty()) {
      text.paragraph("Given up: " + result.stopped() + ".");
    }
  }

  private void figures() {
    TrialOptions options = report.result().options();
    text.heading(2, "Figures, " + (options.ownProgram() ? options.unit() : "M ops/s"));
    text.table(
        List.of("row", ">checked-scan", ">spread", ">direct", ">spread", ">gain", ">plan: was"),
        report.rows().stream()
            .map(
                row ->
                    List.of(
                        row.row().label()
                            + (row.valid() ? "" : " (invalid: " + row.problem() + ")"),
                        options.speed(row.checkedScanMedian()),
                        spread(row.checkedScan()),
                        options.speed(row.directMedian()),
                        spread(row.direct()),
                        Numbers.improvement(row.ratio()),
                        Numbers.two(row.row().planBaseline())))
            .toList());
    text.paragraph(RatioText.RATIOS);
    text.table(RatioText.headings(options.beside()), RatioText.ratios(report.rows()));
    if (!options.beside().isEmpty()) {
      text.paragraph(RatioText.BESIDE);
      text.table(
          RatioText.besideHeadings(options.beside()),
          RatioText.throughput(report.rows(), options::speed));
    }
    Baseline baseline = report.baseline();
    if (baseline != null) {
      text.paragraph("Against the baseline " + baseline.file());
      text.table(
          BaselineText.HEADINGS, BaselineText.rows(baseline.changes(report.result()), options));
    }
  }

  private static String spread(List<Double> values) {
    return Numbers.percent(Statistics.coefficientOfVariation(values));
  }

  private void failures() {
    List<Run> failures = report.result().failures();
    if (!failures.isEmpty()) {
      text.heading(2, failures.size() + " of " + report.result().runs().size() + " runs failed");
      text.table(
          List.of("run", "problem", "log"),
          failures.stream().map(run -> List.of(run.name(), run.problem(), run.log())).toList());
    }
  }

  private void criteria() {
    text.heading(2, "Criteria");
    text.table(
        List.of("", "criterion", "outcome", "numbers"),
        report.criteria().stream()
            .map(c -> List.of(c.level().name(), c.name(), c.outcome().label(), c.detail()))
            .toList());
  }

  private void hypothesis() {
    Hypothesis hypothesis = report.hypothesis();
    text.heading(2, "Hypothesis \"" + Hypothesis.STATEMENT + "\": " + hypothesis.answer().label());
    text.table(
        List.of("witness", "says", "numbers"),
        List.of(hypothesis.measured(), hypothesis.sampled()).stream()
            .map(w -> List.of(w.name(), w.answer().label(), w.numbers()))
            .toList());
    text.paragraph("Together: " + hypothesis.agreement() + ".");
  }

  private void rollback() {
    text.heading(2, "What the rollback plan says");
    text.table(
        List.of("case", "seen", "advice"),
        report.rollback().stream()
            .map(answer -> List.of(answer.name(), answer.applies().label(), answer.advice()))
            .toList());
  }

  private void recommendations() {
    if (!report.recommendations().isEmpty()) {
      text.heading(2, "Recommendations");
      text.table(
          List.of("what", "evidence", "expected", "query"),
          report.recommendations().stream()
              .map(r -> List.of(r.advice(), r.evidence(), r.expected(), r.query()))
              .toList());
    }
  }

  private void recordings() {
    Comparison comparison = report.comparison();
    if (comparison != null) {
      text.paragraph("What the swap changed, by the recordings:");
      text.append(ComparisonMarkdown.render(comparison));
    }
    List<String> none = new ArrayList<>();
    String headline = report.result().options().headline().id();
    for (PushPath path : PushPath.COMPARED) {
      Optional<RecordedPath> recording = report.result().recording(headline, path);
      HotPath hotPath = recording.isPresent() ? recording.get().hotPath() : null;
      if (hotPath == null) {
        none.add(path.label() + ": " + recording.map(RecordedPath::problem).orElse("no recording"));
      } else {
        text.append(HotPathMarkdown.render(hotPath));
      }
    }
    none.forEach(text::paragraph);
  }
}
