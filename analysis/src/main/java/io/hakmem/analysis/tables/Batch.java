package io.hakmem.analysis.tables;

import java.util.ArrayList;
import java.util.List;

/** Rows of one table on their way into the database, column by column. Not thread-safe. */
final class Batch {

  private final List<BatchColumn> columns = new ArrayList<>();

  /** Adds a column; its name inside the batch is {@code c} and its position. */
  <C extends BatchColumn> C add(C column) {
    columns.add(column);
    return column;
  }

  static String name(int position) {
    return "c" + position;
  }

  List<BatchColumn> columns() {
    return columns;
  }

  int rows() {
    return columns.isEmpty() ? 0 : columns.getFirst().size;
  }

  void clear() {
    columns.forEach(BatchColumn::clear);
  }
}
