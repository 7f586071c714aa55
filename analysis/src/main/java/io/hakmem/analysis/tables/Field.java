package io.hakmem.analysis.tables;

import jdk.jfr.consumer.RecordedObject;

/**
 * One field of an event on its way to one column of a table; it owns one or more columns of the
 * batch between them.
 */
interface Field {

  /** The SQL that makes the column's value from the batch {@code b} and the joined dictionaries. */
  String expression();

  /** Adds the field's value in {@code source} to the batch. */
  void add(RecordedObject source);

  /** Adds an absent value to the batch. */
  void addNull();
}
