package io.hakmem.analysis.trial;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The workload's last line: {@code Throughput = N ops/s [iter=… ws=…] time=…s}. */
public record ThroughputLine(double operationsPerSecond, long operations, long workingSet) {

  private static final Pattern FORM =
      Pattern.compile(
          "Throughput = (\\d{1,15}) ops/s \\[iter=(\\d{1,18}) ws=(\\d{1,9})\\] time=\\d+\\.\\d+s");

  /** The last line of {@code output}, if it is well formed and its throughput above zero. */
  public static Optional<ThroughputLine> lastOf(String output) {
    String stripped = output.stripTrailing();
    String last = stripped.substring(stripped.lastIndexOf('\n') + 1).strip();
    Matcher matcher = FORM.matcher(last);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    ThroughputLine line =
        new ThroughputLine(
            Double.parseDouble(matcher.group(1)),
            Long.parseLong(matcher.group(2)),
            Long.parseLong(matcher.group(3)));
    return line.operationsPerSecond > 0 ? Optional.of(line) : Optional.empty();
  }
}
