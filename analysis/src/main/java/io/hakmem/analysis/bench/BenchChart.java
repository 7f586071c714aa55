package io.hakmem.analysis.bench;

import io.hakmem.analysis.bench.CaseResult.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The report as one SVG: bars for a workload that ran with one set of numbers; where working set or
 * threads vary, lines for throughput and beside them lines for memory.
 */
final class BenchChart {

  private static final int WIDTH = 960;
  private static final int HEAD = 44;
  private static final int BAR = 18;
  private static final int LABELS = 180;
  private static final int LINES_HEIGHT = 300;

  private static final List<String> COLORS =
      List.of(
          "#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377", "#999933", "#882255",
          "#44aa99", "#ddcc77");

  private static final String OURS = "#cc3311";
  private static final String FLOOR = "#999999";

  private final Map<String, List<CaseResult>> panels = new LinkedHashMap<>();
  private final Map<String, String> colors = new LinkedHashMap<>();
  private final Report report;

  private BenchChart(Report report) {
    this.report = report;
    for (CaseResult result : report.results()) {
      panels.computeIfAbsent(result.which().workload(), name -> new ArrayList<>()).add(result);
      result.rows().forEach(row -> colors.computeIfAbsent(row.peer().name(), n -> color(row)));
    }
  }

  static String render(Report report) {
    return new BenchChart(report).draw();
  }

  private String color(Row row) {
    return switch (row.peer().kind()) {
      case OURS -> row.peer().name().equals(Catalog.OURS) ? OURS : "#ee7733";
      case FLOOR -> FLOOR;
      default -> COLORS.get(colors.size() % COLORS.size());
    };
  }

  private String colorOf(String peer) {
    return colors.getOrDefault(peer, FLOOR);
  }

  private String draw() {
    int height = HEAD + panels.values().stream().mapToInt(BenchChart::heightOf).sum();
    Svg svg = new Svg(WIDTH, height);
    svg.text(12, 18, "start", "normal", report.where());
    svg.text(12, 34, "start", "normal", "medians of " + report.rounds() + " interleaved rounds");
    int top = HEAD;
    for (List<CaseResult> panel : panels.values()) {
      if (panel.size() == 1) {
        bars(svg, panel.getFirst(), top);
      } else {
        lines(svg, panel, top);
      }
      top += heightOf(panel);
    }
    return svg.end();
  }

  private static int heightOf(List<CaseResult> panel) {
    int rows = panel.stream().mapToInt(result -> result.rows().size()).max().orElse(0);
    return panel.size() == 1 ? HEAD + rows * BAR : HEAD + Math.max(LINES_HEIGHT, rows * 15 + 40);
  }

  private void bars(Svg svg, CaseResult result, int top) {
    svg.text(12, top + 16, "start", "bold", result.which().label() + ", million operations/s");
    List<Row> rows = result.rows();
    double most = rows.stream().mapToDouble(Row::max).max().orElse(1);
    double scale = (WIDTH - LABELS - 80) / most;
    int y = top + 26;
    for (Row row : rows) {
      svg.text(LABELS - 6, y + 12, "end", "normal", row.peer().name());
      svg.rectangle(LABELS, y + 2, row.speed() * scale, BAR - 5, colorOf(row.peer().name()));
      double middle = y + BAR / 2.0;
      svg.stroke(
          LABELS + row.min() * scale, middle, LABELS + row.max() * scale, middle, "#222222", 1);
      String value = String.format(Locale.ROOT, "%.1f", row.speed() / 1e6);
      svg.text(LABELS + row.max() * scale + 6, y + 12, "start", "normal", value);
      y += BAR;
    }
  }

  private void lines(Svg svg, List<CaseResult> panel, int top) {
    boolean byThreads = panel.stream().map(r -> r.which().threads()).distinct().count() > 1;
    boolean bySlots = panel.stream().map(r -> r.which().workingSet()).distinct().count() > 1;
    Function<Case, String> label =
        byThreads && bySlots
            ? c -> c.workingSet() + "/" + c.threads()
            : byThreads ? c -> Integer.toString(c.threads()) : c -> String.valueOf(c.workingSet());
    String across =
        byThreads && bySlots ? "working set/threads" : byThreads ? "threads" : "working set";
    String name = panel.getFirst().which().workload() + " by " + across;
    Plot speed = new Plot(50, top + 44, 380, LINES_HEIGHT - 50);
    speed.draw(svg, panel, name + ", million operations/s", label, row -> row.speed() / 1e6);
    Plot memory = new Plot(490, top + 44, 270, LINES_HEIGHT - 50);
    memory.draw(svg, panel, "resident growth, MB", label, row -> row.residentGrowth() / 1e6);
    legend(svg, panel, top + 44);
  }

  private void legend(Svg svg, List<CaseResult> panel, int top) {
    List<String> names =
        panel.stream()
            .flatMap(result -> result.rows().stream())
            .map(row -> row.peer().name())
            .distinct()
            .toList();
    int y = top;
    for (String name : names) {
      svg.rectangle(780, y - 8, 10, 10, colorOf(name));
      svg.text(796, y + 1, "start", "normal", name);
      y += 15;
    }
  }

  /** Lines over the cases, which stand at equal distances. */
  private final class Plot {

    private final double left;
    private final double top;
    private final double width;
    private final double height;

    private Plot(double left, double top, double width, double height) {
      this.left = left;
      this.top = top;
      this.width = width;
      this.height = height;
    }

    private void draw(
        Svg svg,
        List<CaseResult> panel,
        String title,
        Function<Case, String> label,
        ToDoubleFunction<Row> value) {
      double most =
          panel.stream()
              .flatMap(result -> result.rows().stream())
              .mapToDouble(value)
              .max()
              .orElse(1);
      double scale = height / Math.max(most, 1e-9);
      svg.text(left - 30, top - 16, "start", "bold", title);
      for (int i = 0; i <= 4; i++) {
        double y = top + height - height * i / 4;
        svg.stroke(left, y, left + width, y, "#dddddd", 1);
        svg.text(left - 4, y + 4, "end", "normal", tick(most * i / 4));
      }
      for (int i = 0; i < panel.size(); i++) {
        String name = label.apply(panel.get(i).which());
        svg.text(x(i, panel.size()), top + height + 16, "middle", "normal", name);
      }
      for (String peer : colors.keySet()) {
        line(svg, panel, peer, value, scale);
      }
    }

    private void line(
        Svg svg, List<CaseResult> panel, String peer, ToDoubleFunction<Row> value, double scale) {
      double lastX = Double.NaN;
      double lastY = Double.NaN;
      for (int i = 0; i < panel.size(); i++) {
        double figure =
            panel.get(i).rows().stream()
                .filter(row -> row.peer().name().equals(peer))
                .mapToDouble(value)
                .findFirst()
                .orElse(Double.NaN);
        double x = x(i, panel.size());
        double y = top + height - Math.max(0, figure) * scale;
        if (!Double.isNaN(figure)) {
          svg.dot(x, y, colorOf(peer));
          if (!Double.isNaN(lastY)) {
            svg.stroke(lastX, lastY, x, y, colorOf(peer), 1.5);
          }
        }
        lastX = x;
        lastY = Double.isNaN(figure) ? Double.NaN : y;
      }
    }

    private double x(int index, int count) {
      return left + 14 + (width - 28) * index / (count - 1);
    }

    private static String tick(double value) {
      return String.format(Locale.ROOT, value < 10 ? "%.1f" : "%.0f", value);
    }
  }
}
