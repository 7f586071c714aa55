package io.hakmem.analysis.render;

import io.hakmem.analysis.query.ResultColumn;
import io.hakmem.analysis.query.ResultWriter;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Results as a table of GitHub's Markdown; nothing in a cell is markup. */
final class MarkdownResult implements ResultWriter {

  /** Characters that are markup somewhere in Markdown, HTML among them. */
  private static final String MARKUP = "\\`*_{}[]<>()#+!|~&$@:";

  private final PrintWriter out;

  MarkdownResult(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(List<ResultColumn> columns) {
    out.print(
        columns.stream()
            .map(column -> " " + escaped(VisibleText.of(column.name())) + " ")
            .collect(Collectors.joining("|", "|", "|\n")));
    out.print(
        columns.stream()
            .map(column -> column.numeric() ? "---:" : "---")
            .collect(Collectors.joining("|", "|", "|\n")));
  }

  @Override
  public void row(List<@Nullable Object> values) {
    out.print(
        values.stream()
            .map(value -> " " + escaped(Cells.line(value)) + " ")
            .collect(Collectors.joining("|", "|", "|\n")));
  }

  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (needsEscape(text, i)) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }

  /**
   * A dot, colon or underscore inside a word is no markup: names stay as they are in the source.
   */
  private static boolean needsEscape(String text, int i) {
    char c = text.charAt(i);
    if (c == ':' || c == '_') {
      return i == 0
          || i + 1 == text.length()
          || !Character.isLetterOrDigit(text.charAt(i - 1))
          || !Character.isLetterOrDigit(text.charAt(i + 1));
    }
    return MARKUP.indexOf(c) >= 0 && c != '(' && c != ')' && c != '+';
  }

  @Override
  public void end() {
    out.flush();
  }
}
