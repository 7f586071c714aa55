package io.hakmem.analysis.compare;

import io.hakmem.analysis.render.Paint;
import io.hakmem.analysis.render.TextTable;
import io.hakmem.analysis.render.Texts;
import java.util.List;
import java.util.Locale;

/** A comparison for people. */
public final class ComparisonText {

  private static final int MOST_ROWS = 12;
  private static final String INDENT = "  ";

  private ComparisonText() {}

  /** Lines of at most {@code width} columns, each ended by a newline. */
  public static String render(Comparison comparison, int width, Paint paint) {
    StringBuilder text = new StringBuilder();
    String verdict = (comparison.decided() ? "" : "Undecided: ") + comparison.explanation();
    Texts.wrap(verdict, width).lines().forEach(line -> text.append(paint.bold(line)).append('\n'));
    text.append('\n');
    side(text, "A", comparison.a(), width);
    side(text, "B", comparison.b(), width);
    comparison.notes().forEach(note -> text.append(Texts.wrap("Note: " + note, width)));
    for (Kind kind : Kind.values()) {
      section(text, comparison.differences(kind), kind, width);
    }
    return text.toString();
  }

  /** The verdict, and the layers by cost; by share where costs are not known. */
  public static String renderBrief(Comparison comparison, int width) {
    StringBuilder text = new StringBuilder();
    String verdict = (comparison.decided() ? "" : "Undecided: ") + comparison.explanation();
    Texts.wrap(verdict, width - INDENT.length())
        .lines()
        .forEach(line -> text.append(INDENT).append(line).append('\n'));
    boolean costs = !comparison.differences(Kind.LAYER_COST).isEmpty();
    Kind kind = costs ? Kind.LAYER_COST : Kind.LAYER_SHARE;
    section(text, comparison.differences(kind), kind, width);
    return text.toString();
  }

  private static void side(StringBuilder text, String name, Side side, int width) {
    text.append(
        Texts.wrap(
            "%s  %s: %s, push path %s, %s CPU samples, %s operations."
                .formatted(
                    name,
                    side.label(),
                    side.recordings().size() == 1
                        ? "1 recording"
                        : side.recordings().size() + " recordings",
                    side.freePath(),
                    Texts.count(side.samples()),
                    Texts.count(side.operations())),
            width));
  }

  private static void section(
      StringBuilder text, List<Difference> differences, Kind kind, int width) {
    if (differences.isEmpty()) {
      return;
    }
    List<Difference> shown =
        differences.stream()
            .filter(d -> d.significant() || kind == Kind.LAYER_SHARE || kind == Kind.LAYER_COST)
            .limit(MOST_ROWS)
            .toList();
    text.append('\n');
    if (shown.isEmpty()) {
      String none = ": no difference beyond the noise (" + differences.size() + " compared)";
      text.append(Texts.wrap(title(kind) + none, width));
      return;
    }
    text.append(title(kind));
    TextTable table =
        TextTable.of(kind.subject(), ">A", ">B", ">B - A", ">95 % interval", ">p", "");
    shown.forEach(d -> table.row(cells(d)));
    text.append('\n').append(table.render(INDENT, width));
    if (shown.size() < differences.size()) {
      text.append(INDENT)
          .append(differences.size() - shown.size())
          .append(" more without a difference beyond the noise, or smaller\n");
    }
  }

  static String title(Kind kind) {
    return switch (kind) {
      case LAYER_SHARE -> "Layers by share of the CPU samples, %";
      case LAYER_COST -> "Layers by CPU time, ns per operation";
      case CLASS_REFILLS -> "Refills by size class, per 1000 allocates";
      case CLASS_REJECTIONS -> "Capacity rejections by size class, per 1000 frees";
      case REASON_TIME -> "Slow paths by reason, ns per operation";
    };
  }

  static List<String> cells(Difference d) {
    return List.of(
        d.name(),
        number(d.a()),
        number(d.b()),
        signed(d.difference()),
        signed(d.low()) + " to " + signed(d.high()),
        d.p() < 0.001 ? "<0.001" : String.format(Locale.ROOT, "%.3f", d.p()),
        d.significant() ? "differs" : "");
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 1 ? "%.3f" : "%.1f", value);
  }

  private static String signed(double value) {
    return String.format(Locale.ROOT, Math.abs(value) < 1 ? "%+.3f" : "%+.1f", value);
  }
}
