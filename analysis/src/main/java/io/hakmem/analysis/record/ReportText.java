package io.hakmem.analysis.record;

import io.hakmem.analysis.render.Texts;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.stream.Collectors;

/** What is said about a recording when its program has ended. */
final class ReportText {

  // A JVM starts its recording in a second or two, on a busy machine in some more.
  private static final Duration LATE = Duration.ofSeconds(30);

  private static final int SHOWN = 3;

  private ReportText() {}

  /**
   * A short block of lines for stderr.
   *
   * @param start when the program was started
   */
  static String render(
      String program, int exitCode, Path recording, Contents contents, Instant start) {
    StringBuilder text = new StringBuilder();
    text.append(String.format("Recorded %s, which ended with exit code %d.%n", program, exitCode));
    line(text, "file", recording + ", " + size(contents.bytes()));
    SortedMap<String, Long> ours = contents.ours();
    line(text, "allocator", ours.isEmpty() ? "no events: it never ran" : counts(ours));
    if (!contents.freePaths().isEmpty()) {
      line(text, "push path", String.join(", ", contents.freePaths()));
    }
    Map.Entry<String, Long> samples = contents.cpuSamples();
    line(
        text,
        "CPU samples",
        samples == null ? "none" : Texts.count(samples.getValue()) + " " + samples.getKey());
    if (contents.lostSamples() > 0) {
      line(text, "", Texts.count(contents.lostSamples()) + " more were lost by the sampler");
    }
    if (Duration.between(start, contents.start()).compareTo(LATE) > 0) {
      line(text, "note", "the beginning is missing: older chunks went beyond --maxsize");
    }
    line(
        text,
        "next",
        ours.isEmpty()
            ? "record a program that uses the allocator"
            : next(contents.isTrace() ? "trace" : "analyze", recording));
    return text.toString();
  }

  /** What to know about events that came from elsewhere; empty without any. */
  static String unasked(SortedSet<String> events) {
    if (events.isEmpty()) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    line(text, "note", "another recording ran in the same JVM, and what it turned on is in here");
    String more = events.size() > SHOWN ? " and %d more".formatted(events.size() - SHOWN) : "";
    line(
        text,
        "",
        "too: "
            + events.stream().limit(SHOWN).collect(Collectors.joining(", "))
            + more
            + "; look before you hand it on");
    return text.toString();
  }

  /** What stands under the reason why a recording is no good. */
  static String failure(String program, int exitCode) {
    String hint =
        exitCode == 0
            ? ""
            : "; a JVM that is killed or crashes, or does not start, writes no whole recording";
    return "hakmem: " + program + " ended with exit code " + exitCode + hint;
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format("  %-12s %s%n", name, value));
  }

  private static String counts(SortedMap<String, Long> counts) {
    return counts.entrySet().stream()
        .map(entry -> Texts.count(entry.getValue()) + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static String next(String command, Path recording) {
    String name = recording.toString();
    return "./hakmem "
        + command
        + " "
        + (name.matches("[\\w./+=:@,%-]+") ? name : "'" + name.replace("'", "'\\''") + "'");
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? Texts.count(Math.ceilDiv(bytes, 1000)) + " kB"
        : String.format(Locale.ROOT, "%,.1f MB", bytes / 1e6);
  }
}
