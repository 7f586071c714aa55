package io.hakmem.analysis.trial;

import java.time.Duration;
import java.util.Optional;

/** What went wrong in a child, in a sentence; empty for nothing. */
final class RunProblem {

  // The agent never takes the application down: this line is all that a failed swap leaves.
  private static final String AGENT_PREFIX = "hakmem-agent:";

  private RunProblem() {}

  static String of(
      ChildJvm.Ended ended,
      Optional<ThroughputLine> line,
      long operations,
      int workingSet,
      Duration timeout) {
    if (ended.timedOut()) {
      return "did not end within " + timeout.toSeconds() + " s";
    }
    if (ended.exitCode() != 0) {
      return "exit code " + ended.exitCode() + lastLine(ended.errors());
    }
    if (line.isEmpty()) {
      return "its last line is no throughput line: '" + shorten(lastOf(ended.output())) + "'";
    }
    if (line.get().operations() != operations || line.get().workingSet() != workingSet) {
      return "it reports iter="
          + line.get().operations()
          + " ws="
          + line.get().workingSet()
          + " instead of iter="
          + operations
          + " ws="
          + workingSet;
    }
    return ended
        .errors()
        .lines()
        .filter(text -> text.startsWith(AGENT_PREFIX))
        .findFirst()
        .map(text -> "the swap failed: " + shorten(text))
        .orElse("");
  }

  private static String lastLine(String errors) {
    String last = lastOf(errors);
    return last.isEmpty() ? "" : ": " + shorten(last);
  }

  private static String lastOf(String text) {
    String stripped = text.strip();
    return stripped.substring(stripped.lastIndexOf('\n') + 1).strip();
  }

  private static String shorten(String text) {
    String printable = text.replaceAll("\\p{Cntrl}", "?");
    return printable.length() <= 120 ? printable : printable.substring(0, 119) + "…";
  }
}
