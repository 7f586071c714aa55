package io.hakmem.analysis.bench;

import io.hakmem.analysis.bench.CaseResult.Row;
import io.hakmem.analysis.render.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The report for a terminal, at most 100 columns wide, and as Markdown. */
final class BenchText {

  private static final int WIDTH = 100;

  private static final List<String> HEADINGS =
      List.of("peer", "M ops/s", "min", "max", "of best", "of floor", "net ns", "growth MB");

  private BenchText() {}

  static String text(Report report) {
    StringBuilder text = new StringBuilder();
    for (CaseResult result : report.results()) {
      text.append(result.which().title()).append('\n');
      text.append(table(result).render("  ", WIDTH));
      comparisons(result).forEach(line -> text.append("  ").append(line).append('\n'));
      text.append('\n');
    }
    remarks(report).forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }

  static String markdown(Report report) {
    StringBuilder text = new StringBuilder();
    for (CaseResult result : report.results()) {
      text.append("### ").append(result.which().title()).append("\n\n");
      text.append(markdownRow(HEADINGS)).append("|---|").append("---:|".repeat(7)).append('\n');
      result.rows().forEach(row -> text.append(markdownRow(cells(row))));
      text.append('\n');
      comparisons(result).forEach(line -> text.append("- ").append(line).append('\n'));
      text.append('\n');
    }
    remarks(report).forEach(line -> text.append("- ").append(line).append('\n'));
    return text.toString();
  }

  private static String markdownRow(List<String> cells) {
    return cells.stream().collect(Collectors.joining(" | ", "| ", " |\n"));
  }

  private static TextTable table(CaseResult result) {
    List<Boolean> right = new ArrayList<>();
    HEADINGS.forEach(heading -> right.add(!heading.equals("peer")));
    TextTable table = new TextTable(HEADINGS, right);
    result.rows().forEach(row -> table.row(cells(row)));
    return table;
  }

  private static List<String> cells(Row row) {
    return List.of(
        row.peer().name(),
        number("%.1f", row.speed() / 1e6),
        number("%.1f", row.min() / 1e6),
        number("%.1f", row.max() / 1e6),
        number("%.2f", row.ofBest()),
        number("%.2f", row.ofFloor()),
        number("%.1f", row.netNanos()),
        row.residentGrowth() < 0 ? "-" : number("%.1f", row.residentGrowth() / 1e6));
  }

  /** How each of ours stands against the best of every kind that frees in the same way. */
  private static List<String> comparisons(CaseResult result) {
    List<String> lines = new ArrayList<>();
    for (Row row : result.rows()) {
      if (row.peer().kind() != Peer.Kind.OURS) {
        continue;
      }
      List<String> parts = new ArrayList<>();
      compare(result, row, Peer.Kind.NATIVE, "native").ifPresent(parts::add);
      compare(result, row, Peer.Kind.JAVA, "Java").ifPresent(parts::add);
      if (!Double.isNaN(row.ofFloor())) {
        parts.add(number("%.2f", row.ofFloor()) + " × floor");
      }
      lines.add(row.peer().name() + ": " + String.join(", ", parts));
    }
    return lines;
  }

  private static Optional<String> compare(CaseResult result, Row row, Peer.Kind kind, String name) {
    return result
        .best(peer -> peer.kind() == kind && peer.sized() == row.peer().sized())
        .map(
            best ->
                "%s × %s (%s)"
                    .formatted(number("%.2f", result.ratio(row.peer(), best)), best.name(), name));
  }

  private static List<String> remarks(Report report) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Medians of %d interleaved rounds, each in a process of its own; ratios round by round."
            .formatted(report.rounds()));
    lines.add(report.where());
    if (report.machine().busy()) {
      lines.add(
          String.format(
              Locale.ROOT,
              "The load was %.1f at the start: figures are too low, ratios unsteady.",
              report.machine().load()));
    }
    report.notices().forEach(notice -> lines.add("skipped: " + notice));
    report.failures().forEach(failure -> lines.add("FAILED: " + failure));
    return lines;
  }

  private static String number(String format, double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, format, value);
  }
}
