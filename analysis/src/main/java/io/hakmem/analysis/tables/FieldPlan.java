package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.FieldLayout;

/**
 * How one field becomes one column.
 *
 * @param type the stored type
 * @param view what users see
 * @param lookup how the view reaches the dictionaries
 * @param binder makes the reader for a chunk
 */
record FieldPlan(String name, String type, Column column, View view, Lookup lookup, Binder binder) {

  /** A field that is stored as it is seen. */
  FieldPlan(String name, String type, Column column, Binder binder) {
    this(name, type, column, (value, depth) -> value, Lookup.NONE, binder);
  }

  /** Makes a reader of values of a field that stand in a chunk. */
  interface Binder {
    FieldReader bind(FieldLayout field, Chunk chunk);
  }

  /** Makes SQL of what is seen from SQL of what is stored. */
  interface View {

    /**
     * The expression.
     *
     * @param lambdas how many lambdas it stands in
     */
    String of(String value, int lambdas);
  }

  /** How an expression reaches the lists of {@code hakmem.lookup}. */
  enum Lookup {
    /** Not at all. */
    NONE,
    /** By a subquery. */
    ASKED,
    /** By a column of the view's FROM: there are no subqueries inside of a lambda. */
    JOINED;

    Lookup or(Lookup other) {
      return compareTo(other) < 0 ? other : this;
    }
  }
}
