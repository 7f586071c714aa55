package io.hakmem.analysis.query;

import org.jspecify.annotations.Nullable;

/** Recordings could not be exported; the message is one line. */
public final class ExportException extends Exception {

  private static final long serialVersionUID = 1L;

  private final boolean usage;

  public ExportException(String message, boolean usage, @Nullable Throwable cause) {
    super(message, cause);
    this.usage = usage;
  }

  /** Whether other arguments would mend it, rather than another disk. */
  public boolean usage() {
    return usage;
  }
}
