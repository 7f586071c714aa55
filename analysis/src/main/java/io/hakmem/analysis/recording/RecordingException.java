package io.hakmem.analysis.recording;

import java.nio.file.Path;

/**
 * A recording that cannot serve: missing, empty, cut off, no recording at all, or without the
 * events that a question needs. The message is one line for the user: which file, what was
 * expected.
 */
public final class RecordingException extends Exception {

  private static final long serialVersionUID = 1L;

  /** The file comes first in the message, {@code why} follows a colon. */
  public RecordingException(Path file, String why) {
    super(file + ": " + why);
  }

  /** As above, with the failure that was underneath. */
  public RecordingException(Path file, String why, Throwable cause) {
    super(file + ": " + why, cause);
  }
}
