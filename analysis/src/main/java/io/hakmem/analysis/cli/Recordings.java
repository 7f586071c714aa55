package io.hakmem.analysis.cli;

import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.recording.RecordingReader.Outcome;
import io.hakmem.analysis.render.VisibleText;
import io.hakmem.analysis.tables.EventTables;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Recordings that a command was given, loaded, and what there is to say about them. */
final class Recordings {

  private Recordings() {}

  /** Opens recordings, read-only and from the cache where there is a good one. */
  static EventTables open(List<Path> files, CacheOption cache, PrintWriter err)
      throws RecordingException {
    return EventTables.open(files, cache.options(err));
  }

  /** Says why an input is of no use, which may quote names from inside of it; the exit code. */
  static int complain(PrintWriter err, Exception failure) {
    err.println("hakmem: " + VisibleText.of(String.valueOf(failure.getMessage())));
    return Main.UNREADABLE;
  }

  /** Says which files are damaged; the exit code. */
  static int warn(EventTables tables, PrintWriter err) {
    List<Outcome> damaged = tables.outcomes().stream().filter(Outcome::damaged).toList();
    for (Outcome outcome : damaged) {
      err.printf(
          "hakmem: %s %s; only its first %,d events were read%n",
          VisibleText.of(outcome.file().toString()), outcome.damage(), outcome.events());
    }
    return damaged.isEmpty() ? Main.OK : Main.UNREADABLE;
  }
}
