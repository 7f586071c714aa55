package io.hakmem.analysis.cli;

import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.recording.RecordingReader.Outcome;
import io.hakmem.analysis.tables.EventTables;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;

/** Recordings that a command was given, loaded, and what there is to say about them. */
final class Recordings {

  private Recordings() {}

  static EventTables load(List<Path> files) throws RecordingException {
    return EventTables.load(files);
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
