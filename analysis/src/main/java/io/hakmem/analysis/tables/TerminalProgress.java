package io.hakmem.analysis.tables;

import io.hakmem.analysis.render.Terminal;
import java.io.PrintStream;
import java.util.Locale;

/** Events done and time left, on one line of a terminal; nothing where stderr is none. */
public final class TerminalProgress implements LoadProgress {

  private static final long INTERVAL_NANOS = 200_000_000L;
  private static final double SECOND = 1e9;

  private final PrintStream out;
  private final long start;
  private long shown;
  private long total;
  private long earlierFiles;
  private boolean visible;

  TerminalProgress(PrintStream out, long now) {
    this.out = out;
    this.start = now;
    this.shown = now;
  }

  /** For stderr. */
  public static LoadProgress create() {
    return Terminal.isStderr() ? new TerminalProgress(System.err, System.nanoTime()) : NONE;
  }

  @Override
  public void start(long totalBytes) {
    total = totalBytes;
  }

  @Override
  public void show(long bytes, long events) {
    show(bytes, events, System.nanoTime());
  }

  void show(long bytes, long events, long now) {
    if (now - shown < INTERVAL_NANOS || total == 0) {
      return;
    }
    shown = now;
    visible = true;
    double share = Math.min(1, (double) (earlierFiles + bytes) / total);
    out.printf(Locale.ROOT, "\r\033[KLoading: %3.0f %%, %,d events", share * 100, events);
    if (now - start >= SECOND && share > 0) { // Before, the guess would be wild.
      out.printf(
          Locale.ROOT, ", %.0f s left", Math.ceil((now - start) / SECOND * (1 - share) / share));
    }
    out.flush();
  }

  @Override
  public void next(long bytes) {
    earlierFiles += bytes;
  }

  @Override
  public void done() {
    if (visible) {
      out.print("\r\033[K");
      out.flush();
    }
  }
}
