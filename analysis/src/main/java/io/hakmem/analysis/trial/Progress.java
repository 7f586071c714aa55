package io.hakmem.analysis.trial;

import java.io.PrintWriter;
import java.util.Locale;

/** One line that is written over and over, with the time that is left. Silent in a pipe. */
public final class Progress {

  private static final int WIDTH = 78;

  private final PrintWriter out;
  private final boolean terminal;
  private final double expected;
  private final long start = System.nanoTime();
  private double passed;

  /**
   * Nothing is written yet.
   *
   * @param expected the sum of all steps' expected seconds, in any one scale
   */
  public Progress(PrintWriter out, boolean terminal, double expected) {
    this.out = out;
    this.terminal = terminal;
    this.expected = expected;
  }

  /** A step begins. */
  public void step(int number, int of, String what) {
    if (!terminal) {
      return;
    }
    String line = String.format(Locale.ROOT, "%3d/%d  %-42.42s  %s", number, of, what, remaining());
    out.print("\r" + pad(line));
    out.flush();
  }

  /** The step ended. */
  public void done(double expectedSeconds) {
    passed += expectedSeconds;
  }

  /** Takes the line away. */
  public void clear() {
    if (terminal) {
      out.print("\r" + " ".repeat(WIDTH) + "\r");
      out.flush();
    }
  }

  private String remaining() {
    if (passed <= 0) {
      return "";
    }
    double elapsed = (System.nanoTime() - start) / 1e9;
    return remaining(elapsed, passed, expected);
  }

  static String remaining(double elapsed, double passed, double expected) {
    long seconds = Math.round(elapsed * Math.max(0, expected - passed) / passed);
    return String.format(Locale.ROOT, "%d:%02d left", seconds / 60, seconds % 60);
  }

  private static String pad(String line) {
    return line.length() >= WIDTH
        ? line.substring(0, WIDTH)
        : line + " ".repeat(WIDTH - line.length());
  }
}
