package io.hakmem.analysis.cli;

import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.recording.RecordingReader.Outcome;
import io.hakmem.analysis.tables.EventTables;
import io.hakmem.analysis.tables.LoadOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recordings that a command was given, loaded, and what there is to say about them. */
final class Recordings {

  private Recordings() {}

  /**
   * Opens recordings, read-only and from the cache where there is a good one.
   *
   * @param cache what {@code --cache} says, null without it
   */
  static EventTables open(List<Path> files, @Nullable String cache, PrintWriter err)
      throws RecordingException {
    return EventTables.open(files, LoadOptions.of(cache, note -> err.println("hakmem: " + note)));
  }

  /** Says which files are damaged; the exit code. */
  static int warn(EventTables tables, PrintWriter err) {
    List<Outcome> damaged = tables.outcomes().stream().filter(Outcome::damaged).toList();
    for (Outcome outcome : damaged) {
      err.printf(
          "hakmem: %s %s; only its first %,d events were read%n",
          outcome.file(), outcome.damage(), outcome.events());
    }
    return damaged.isEmpty() ? Main.OK : Main.UNREADABLE;
  }
}
