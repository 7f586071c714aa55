package io.hakmem.analysis.tables;

/** Quoting for SQL that is generated from a recording's metadata. */
final class Sql {

  private Sql() {}

  static String identifier(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String text(String value) {
    return "'" + value.replace("'", "''") + "'";
  }
}
