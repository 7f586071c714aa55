package io.hakmem.analysis.live;

/** A JVM that cannot be reached or changed; the message is one line that says why, and the cure. */
public final class TargetException extends Exception {
  private static final long serialVersionUID = 1;

  TargetException(String message) {
    super(message.replace('\n', ' ').strip());
  }
}
