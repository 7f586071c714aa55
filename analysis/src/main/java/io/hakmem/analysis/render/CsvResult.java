package io.hakmem.analysis.render;

import io.hakmem.analysis.query.ResultColumn;
import io.hakmem.analysis.query.ResultWriter;
import java.io.PrintWriter;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Results as comma-separated values (RFC 4180) with line feeds: exact and never cut. NULL is an
 * empty field, the empty text is {@code ""}; structs and lists are JSON in one field.
 */
final class CsvResult implements ResultWriter {

  private final PrintWriter out;

  CsvResult(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(List<ResultColumn> columns) {
    out.print(
        columns.stream().map(c -> field(c.name())).collect(Collectors.joining(",", "", "\n")));
  }

  @Override
  public void row(List<@Nullable Object> values) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      line.append(i == 0 ? "" : ",").append(value == null ? "" : field(Cells.text(value)));
    }
    // A line without anything would be no record for most readers.
    boolean lost = values.size() == 1 && line.isEmpty();
    out.print(line.append(lost ? "\"\"\n" : "\n"));
  }

  private static String field(String text) {
    boolean bare = !text.isEmpty() && text.equals(text.strip());
    for (int i = 0; bare && i < text.length(); i++) {
      char c = text.charAt(i);
      bare = c != ',' && c != '"' && c >= ' ';
    }
    return bare ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void end() {
    out.flush();
  }
}
