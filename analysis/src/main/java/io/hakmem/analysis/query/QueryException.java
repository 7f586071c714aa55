package io.hakmem.analysis.query;

import org.jspecify.annotations.Nullable;

/** SQL that the user wrote and that does not run; the message is one line without the place. */
public final class QueryException extends Exception {

  private static final long serialVersionUID = 1L;

  private final String sql;
  private final int offset;
  private final int length;

  /**
   * What is wrong, and where.
   *
   * @param offset of the first wrong character in the SQL; -1 where the place is not known
   * @param length of what is wrong, in characters; at least 1
   */
  public QueryException(
      String message, String sql, int offset, int length, @Nullable Throwable cause) {
    super(message, cause);
    this.sql = sql;
    this.offset = offset;
    this.length = length;
  }

  /** The statement. */
  public String sql() {
    return sql;
  }

  /** Where in the statement, in characters; -1 where that is not known. */
  public int offset() {
    return offset;
  }

  /** How many characters there. */
  public int length() {
    return length;
  }
}
