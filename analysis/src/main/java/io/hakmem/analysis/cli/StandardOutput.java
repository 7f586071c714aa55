package io.hakmem.analysis.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;

/**
 * Standard output that notices when nobody gets what is written: a {@link PrintWriter} would go on
 * in silence, and the exit code would say that all is well. Not thread-safe.
 */
final class StandardOutput extends FilterOutputStream {

  private String problem = "";

  StandardOutput(OutputStream out) {
    super(out);
  }

  /** Ends the command whose result is lost. */
  static final class LostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LostException(String problem) {
      super(problem, null, false, false);
    }
  }

  /** Writes what the writer in front still has; whether anything was lost. */
  boolean isLost(PrintWriter front) {
    try {
      front.flush();
    } catch (LostException e) {
      return true;
    }
    return !problem.isEmpty();
  }

  /** What happened, one line; empty if nothing was lost. */
  String problem() {
    return problem;
  }

  /** Whether the reader had enough, as {@code head} does. */
  boolean isUnwanted() {
    return problem.contains("Broken pipe");
  }

  private LostException lost(IOException failure) {
    problem = "standard output cannot be written: " + failure.getMessage();
    return new LostException(problem);
  }

  @Override
  public void write(int b) {
    try {
      out.write(b);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    try {
      out.write(bytes, offset, length);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  @Override
  public void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw lost(e);
    }
  }
}
