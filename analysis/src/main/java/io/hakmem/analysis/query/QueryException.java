package io.hakmem.analysis.query;

/** SQL that the user wrote and the database refused; the message is one line. */
public final class QueryException extends Exception {

  private static final long serialVersionUID = 1L;

  public QueryException(String message, Throwable cause) {
    super(message, cause);
  }
}
