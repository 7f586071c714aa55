package io.hakmem.analysis.trace;

/** Data that are not what they should be; the message is a phrase. */
final class TraceException extends Exception {

  private static final long serialVersionUID = 1L;

  TraceException(String message) {
    super(message);
  }
}
