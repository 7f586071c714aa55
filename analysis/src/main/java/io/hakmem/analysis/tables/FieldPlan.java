package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.FieldLayout;
import java.util.function.UnaryOperator;

/**
 * How one field becomes one column.
 *
 * @param type the stored type
 * @param view the expression over the stored value that users see
 * @param binder makes the reader for a chunk
 */
record FieldPlan(
    String name, String type, Column column, UnaryOperator<String> view, Binder binder) {

  /** Makes a reader of values of a field that stand in a chunk. */
  interface Binder {
    FieldReader bind(FieldLayout field, Chunk chunk);
  }
}
