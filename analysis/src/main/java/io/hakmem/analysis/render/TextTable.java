package io.hakmem.analysis.render;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A table for a terminal: columns two spaces apart, a heading, no lines. Numbers stand to the
 * right.
 */
public final class TextTable {

  private static final String GAP = "  ";

  private final List<String> headings;
  private final List<Boolean> right;
  private final List<List<String>> rows = new ArrayList<>();

  public TextTable(List<String> headings, List<Boolean> right) {
    this.headings = headings;
    this.right = right;
  }

  /** Columns from headings; one that starts with {@code >} stands to the right. */
  public static TextTable of(String... headings) {
    List<String> names = new ArrayList<>();
    List<Boolean> right = new ArrayList<>();
    for (String heading : headings) {
      right.add(heading.startsWith(">"));
      names.add(heading.startsWith(">") ? heading.substring(1) : heading);
    }
    return new TextTable(names, right);
  }

  /**
   * Adds a row; it has as many cells as there are headings. Cells may come from a recording: what a
   * terminal would obey becomes visible, and an absent text is a dash.
   */
  public TextTable row(@Nullable String... cells) {
    return row(Arrays.asList(cells));
  }

  /** As {@link #row(String...)}. */
  public TextTable row(List<? extends @Nullable String> cells) {
    rows.add(cells.stream().map(cell -> cell == null ? "-" : VisibleText.of(cell)).toList());
    return this;
  }

  /** The lines, each indented and ended by a newline; longer ones end in an ellipsis. */
  public String render(String indent, int width) {
    int[] widths = new int[headings.size()];
    measure(headings, widths);
    rows.forEach(row -> measure(row, widths));
    StringBuilder text = new StringBuilder();
    append(text, headings, widths, indent, width);
    rows.forEach(row -> append(text, row, widths, indent, width));
    return text.toString();
  }

  private static void measure(List<String> cells, int[] widths) {
    for (int i = 0; i < widths.length; i++) {
      widths[i] = Math.max(widths[i], cells.get(i).length());
    }
  }

  private void append(
      StringBuilder text, List<String> cells, int[] widths, String indent, int width) {
    StringBuilder line = new StringBuilder(indent);
    for (int i = 0; i < widths.length; i++) {
      String padding = " ".repeat(widths[i] - cells.get(i).length());
      line.append(i == 0 ? "" : GAP);
      line.append(right.get(i) ? padding + cells.get(i) : cells.get(i) + padding);
    }
    text.append(Texts.clip(line.toString().stripTrailing(), width)).append('\n');
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "table of %d rows", rows.size());
  }
}
