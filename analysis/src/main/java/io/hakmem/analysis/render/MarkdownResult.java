package io.hakmem.analysis.render;

import io.hakmem.analysis.query.ResultColumn;
import io.hakmem.analysis.query.ResultWriter;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Results as a table of GitHub's Markdown; nothing in a cell is markup. */
final class MarkdownResult implements ResultWriter {

  private final PrintWriter out;

  MarkdownResult(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(List<ResultColumn> columns) {
    out.print(
        columns.stream()
            .map(column -> " " + Markdown.escape(column.name()) + " ")
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
            .map(value -> " " + Markdown.escape(Cells.line(value)) + " ")
            .collect(Collectors.joining("|", "|", "|\n")));
  }

  @Override
  public void end() {
    out.flush();
  }
}
