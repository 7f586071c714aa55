package io.hakmem.analysis.query;

/** There is no query of that name; the message is one line with the nearest one. */
public final class UnknownQueryException extends Exception {

  private static final long serialVersionUID = 1L;

  public UnknownQueryException(String message) {
    super(message);
  }
}
