package io.hakmem.analysis.trial;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What went wrong in a child, in a sentence; empty for nothing. */
final class RunProblem {

  // The agent never takes the application down: its lines are all that a failed swap leaves.
  private static final String AGENT = "hakmem-agent:";

  // What it says in any case when it is verbose, and nothing else where the allocator never loads.
  private static final Pattern AGENT_WAITS =
      Pattern.compile("hakmem-agent: (options|waits for) .*");

  private RunProblem() {}

  /** Whether the agent, asked to be verbose, said that its probe saw the path live. */
  static boolean proven(ChildJvm.Ended ended, PushPath path) {
    return ended.errors().lines().anyMatch(line -> isProof(line, path));
  }

  /** Of a child that was to run under the path. */
  static String of(ChildJvm.Ended ended, PushPath path, String reading, Duration timeout) {
    if (ended.timedOut()) {
      return "did not end within " + timeout.toSeconds() + " s";
    }
    if (ended.exitCode() != 0) {
      return "exit code " + ended.exitCode() + lastLine(ended.errors());
    }
    if (!reading.isEmpty()) {
      return reading;
    }
    return proven(ended, path)
        ? ""
        : "the swap to " + path.label() + " was not proven" + agent(ended);
  }

  /** What is wrong with a workload's last line. */
  static String ofLine(
      ChildJvm.Ended ended, Optional<ThroughputLine> line, long operations, int workingSet) {
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
    return "";
  }

  private static boolean isProof(String line, PushPath path) {
    return line.startsWith(AGENT)
        && line.contains("push=" + path.label() + " is live")
        && line.contains("proven");
  }

  private static String agent(ChildJvm.Ended ended) {
    return ended
        .errors()
        .lines()
        .filter(line -> line.startsWith(AGENT) && !AGENT_WAITS.matcher(line).matches())
        .findFirst()
        .map(line -> ": " + shorten(line))
        .orElse(": the agent had nothing to swap, the program never loaded the allocator");
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
