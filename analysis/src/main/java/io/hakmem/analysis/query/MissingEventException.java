package io.hakmem.analysis.query;

/** The recordings lack event types that a query reads; the message is one line. */
public final class MissingEventException extends Exception {

  private static final long serialVersionUID = 1L;

  public MissingEventException(String message) {
    super(message);
  }
}
