package io.hakmem.analysis.render;

import io.hakmem.analysis.query.QueryException;

/** What is wrong with a statement: one line, and below it the place with carets. */
public final class SqlErrorText {

  private static final int WIDTH = 78;
  private static final String INDENT = "  ";

  private SqlErrorText() {}

  /** The lines, each ended by a newline. */
  public static String render(QueryException failure) {
    String text = "hakmem: SQL: " + VisibleText.of(String.valueOf(failure.getMessage())) + "\n";
    if (failure.offset() < 0 || failure.offset() > failure.sql().length()) {
      return text;
    }
    return text + picture(failure.sql(), failure.offset(), failure.length());
  }

  private static String picture(String sql, int offset, int length) {
    int start = sql.lastIndexOf('\n', offset - 1) + 1;
    int end = sql.indexOf('\n', offset);
    String line = sql.substring(start, end < 0 ? sql.length() : end);
    String before = shown(line.substring(0, offset - start));
    String wrong = line.substring(offset - start, Math.min(line.length(), offset - start + length));
    String after = shown(line.substring(offset - start + wrong.length()));
    long number = sql.substring(0, start).chars().filter(c -> c == '\n').count() + 1;
    String label = sql.indexOf('\n') < 0 ? "" : "line " + number + ": ";
    return aligned(INDENT + label, before, shown(wrong), after);
  }

  /** Of a long line only what is around the place; an ellipsis stands for what is left out. */
  private static String aligned(String label, String before, String wrong, String after) {
    int room = WIDTH - label.length();
    String start = before;
    while (VisibleText.width(start) > room / 2) {
      start = start.substring(start.offsetByCodePoints(0, 1));
    }
    start = start.length() < before.length() ? "…" + start : start;
    int left = room - VisibleText.width(start);
    String marked = VisibleText.cut(wrong, Math.max(1, left));
    left -= VisibleText.width(marked);
    String end = left > 1 ? VisibleText.cut(after, left) : "";
    int carets = Math.max(1, VisibleText.width(marked));
    return (label + start + marked + end).stripTrailing()
        + "\n"
        + " ".repeat(label.length() + VisibleText.width(start))
        + "^".repeat(carets)
        + "\n";
  }

  /** A tab is one blank here, so that the carets stand below their characters. */
  private static String shown(String part) {
    String blanks = part.replace('\t', ' ');
    String visible = VisibleText.of(blanks + "|");
    return visible.substring(0, visible.length() - 1);
  }
}
