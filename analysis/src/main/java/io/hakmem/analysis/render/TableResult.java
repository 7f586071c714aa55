package io.hakmem.analysis.render;

import io.hakmem.analysis.query.ResultColumn;
import io.hakmem.analysis.query.ResultWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Results as a table for people. Widths are those of the first rows; a later cell that is wider
 * moves its line, or is cut if the table fills a terminal.
 */
final class TableResult implements ResultWriter {

  private static final int MEASURED_ROWS = 1_000;

  /** A time with nanoseconds has 29 columns. */
  private static final int LONG = 29;

  private static final int NARROW = 12;
  private static final int NARROWEST = 6;
  private static final String GAP = "  ";

  private final PrintWriter out;
  private final int terminal;
  private List<ResultColumn> columns = List.of();
  private List<List<String>> waiting = new ArrayList<>();
  private int[] widths = new int[0];
  private boolean measured;

  TableResult(PrintWriter out, int terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void begin(List<ResultColumn> all) {
    columns = all;
    measured = false;
    waiting = new ArrayList<>();
    waiting.add(all.stream().map(column -> VisibleText.of(column.name())).toList());
  }

  @Override
  public void row(List<@Nullable Object> values) {
    List<String> cells = values.stream().map(Cells::line).toList();
    if (measured) {
      print(cells);
    } else {
      waiting.add(cells);
      if (waiting.size() > MEASURED_ROWS) {
        measure();
      }
    }
  }

  @Override
  public void end() {
    if (!measured) {
      measure();
    }
    out.flush();
  }

  private void measure() {
    measured = true;
    widths = new int[columns.size()];
    for (List<String> cells : waiting) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], VisibleText.width(cells.get(i)));
      }
    }
    fit();
    waiting.forEach(this::print);
    waiting = new ArrayList<>();
  }

  /** Long texts give way first, then other texts; numbers, which would lie, come last. */
  private void fit() {
    if (terminal != ResultFormat.UNLIMITED) {
      int[] natural = widths.clone();
      shrink(i -> !columns.get(i).numeric() && natural[i] > LONG, NARROW);
      shrink(i -> !columns.get(i).numeric(), NARROWEST);
      shrink(i -> true, NARROWEST);
    }
  }

  /** Takes from the widest column first, as long as there is one above the bound. */
  private void shrink(IntPredicate which, int bound) {
    int excess = GAP.length() * (widths.length - 1) - terminal;
    for (int width : widths) {
      excess += width;
    }
    for (; excess > 0; excess--) {
      int widest = -1;
      for (int i = 0; i < widths.length; i++) {
        boolean may = which.test(i) && widths[i] > bound;
        widest = may && (widest < 0 || widths[i] > widths[widest]) ? i : widest;
      }
      if (widest < 0) {
        return;
      }
      widths[widest]--;
    }
  }

  private void print(List<String> cells) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      String cell = cells.get(i);
      if (terminal != ResultFormat.UNLIMITED) {
        cell = VisibleText.cut(cell, widths[i]);
      }
      String padding = " ".repeat(Math.max(0, widths[i] - VisibleText.width(cell)));
      line.append(i == 0 ? "" : GAP);
      line.append(columns.get(i).numeric() ? padding + cell : cell + padding);
    }
    String text = line.toString().stripTrailing();
    out.print(terminal == ResultFormat.UNLIMITED ? text : VisibleText.cut(text, terminal));
    out.print('\n');
  }
}
