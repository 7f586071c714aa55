package io.hakmem.analysis.render;

import io.hakmem.analysis.query.ResultWriter;
import java.io.PrintWriter;

/** How results are written. */
public enum ResultFormat {
  /** Columns for people; cells are cut only where they would not fit on a terminal. */
  table,
  /** RFC 4180 with a heading; NULL is empty, the empty text is {@code ""}. */
  csv,
  /** An array of objects, one line each. */
  json,
  /** A table of GitHub's Markdown. */
  md;

  /** Lines of unlimited length: the output is no terminal. */
  public static final int UNLIMITED = Integer.MAX_VALUE;

  /**
   * A writer of this format.
   *
   * @param width columns of the terminal that shows a table, or {@link #UNLIMITED}
   */
  public ResultWriter writer(PrintWriter out, int width) {
    return switch (this) {
      case table -> new TableResult(out, width);
      case csv -> new CsvResult(out);
      case json -> new JsonResult(out);
      case md -> new MarkdownResult(out);
    };
  }
}
