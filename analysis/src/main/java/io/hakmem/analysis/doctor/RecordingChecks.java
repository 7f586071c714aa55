package io.hakmem.analysis.doctor;

import static io.hakmem.analysis.render.Texts.count;

import io.hakmem.analysis.recording.RecordingReader.Outcome;
import java.util.List;
import java.util.Optional;

/** Whether the recording holds what it should, and all of it. */
final class RecordingChecks {

  private static final String OURS = "io.hakmem.";
  private static final double MISSING = 0.02;

  private static final Check EVENTS =
      new Check("allocator-events", "Did the allocator write events?", "io.hakmem.*");
  private static final Check COUNTERS =
      new Check("exact-counters", "Are the exact counters there?", "fast-path-counters");
  private static final Check HITS =
      new Check("sampled-hits", "Do sampled hits agree with the counters?", "doctor/sampled-hits");
  private static final Check WHOLE = new Check("file-whole", "Is the file whole?", "");
  private static final Check LOSS =
      new Check("data-loss", "Did Flight Recorder lose events?", "doctor/data-loss");
  private static final Check START =
      new Check("start-recorded", "Is the beginning there?", "doctor/refill-events");
  private static final Check COMPLETE =
      new Check(
          "events-complete",
          "Are there as many slow-path events as counted?",
          "doctor/refill-events");

  private RecordingChecks() {}

  static List<Finding> examine(Material material) {
    Optional<double[]> refills = material.numbers("doctor/refill-events");
    return List.of(
        events(material),
        counters(material),
        hits(material),
        whole(material),
        loss(material),
        start(refills),
        complete(refills));
  }

  private static Finding events(Material material) {
    long events = material.tables().countPrefix(OURS);
    return events > 0
        ? EVENTS.ok(count(events) + " of them.")
        : EVENTS.fault(
            "None: the program did not use the allocator, or its events were off.",
            Remedies.RECORD);
  }

  private static Finding counters(Material material) {
    long readings = material.tables().count("io.hakmem.FastPathStatistics");
    return readings > 0
        ? COUNTERS.ok(
            "%d size classes in use, %s readings."
                .formatted(material.hotPath().evidence().counters().size(), count(readings)))
        : COUNTERS.warning("No io.hakmem.FastPathStatistics event.", Remedies.PROFILE);
  }

  private static Finding hits(Material material) {
    Optional<double[]> numbers = material.numbers("doctor/sampled-hits");
    if (numbers.isEmpty() || numbers.get()[3] == 0) {
      return HITS.notKnown("No io.hakmem.FastPathHit or no counters.", Remedies.PROFILE);
    }
    double[] seen = numbers.get();
    double off = Math.abs(seen[1] - seen[3]);
    // Random distances: the standard error is the weight times the root of the samples.
    double noise = 4 * seen[2] * Math.sqrt(Math.max(1, seen[3] / Math.max(1, seen[2])));
    String evidence =
        "%s samples stand for %s hits, the counters say %s."
            .formatted(
                count(Math.round(seen[0])), count(Math.round(seen[1])), count(Math.round(seen[3])));
    if (seen[2] == 0) {
      return HITS.warning(
          evidence + " The sampling interval is missing or longer than the run.",
          "Set io.hakmem.FastPathHit#interval: option fast-path-interval of the profile.");
    }
    return off <= noise + 0.05 * seen[3]
        ? HITS.ok(evidence)
        : HITS.warning(evidence, "Trust the counters; sampled hits were lost or throttled.");
  }

  private static Finding whole(Material material) {
    return material.tables().outcomes().stream()
        .filter(Outcome::damaged)
        .findFirst()
        .map(
            outcome ->
                WHOLE.fault(
                    "It %s; only %s events were read."
                        .formatted(outcome.damage(), count(outcome.events())),
                    "Let the JVM end by itself, or dump with 'jcmd PID JFR.dump'; copy it again."))
        .orElseGet(() -> WHOLE.ok("All chunks are complete."));
  }

  private static Finding loss(Material material) {
    Optional<double[]> numbers = material.numbers("doctor/data-loss");
    if (numbers.isEmpty()) {
      return LOSS.notKnown("jdk.DataLoss is not in this recording.", Remedies.PROFILE);
    }
    return numbers.get()[0] == 0
        ? LOSS.ok("No jdk.DataLoss event.")
        : LOSS.fault(
            "It lost %s bytes in %s places."
                .formatted(
                    count(Math.round(numbers.get()[1])), count(Math.round(numbers.get()[0]))),
            "Record fewer events (slow-path-events=limited) or give Flight Recorder more memory:"
                + " -XX:FlightRecorderOptions:memorysize=64m.");
  }

  /** The counters are cumulative: what they held at their first reading had to leave events. */
  private static Finding start(Optional<double[]> refills) {
    if (refills.isEmpty()) {
      return START.notKnown("No slow-path events or no counters to tell from.", Remedies.PROFILE);
    }
    double[] seen = refills.get();
    double missing = seen[0] - seen[1];
    if (missing <= MISSING * seen[0]) {
      return START.ok("Every refill before the first reading of the counters has its event.");
    }
    String evidence =
        "%s refills came before the first reading of the counters, %s have an event."
            .formatted(count(Math.round(seen[0])), count(Math.round(seen[1])));
    boolean throttled = !complete(refills).health().equals(Health.OK) && later(seen);
    return throttled
        ? START.notKnown(
            evidence + " But slow-path events are missing later on as well.", Remedies.PROFILE)
        : START.fault(
            evidence + " Older chunks were dropped, or the recording began late.",
            "Start the recording with the JVM, with a larger maxsize ('./hakmem record' takes 2g);"
                + " the default keeps 250 MB.");
  }

  private static boolean later(double[] seen) {
    return seen[2] - seen[0] > 0;
  }

  private static Finding complete(Optional<double[]> refills) {
    if (refills.isEmpty()) {
      return COMPLETE.notKnown("No slow-path events or no counters to compare.", Remedies.PROFILE);
    }
    double[] seen = refills.get();
    double counted = seen[2] - seen[0];
    double recorded = seen[3] - seen[1];
    String evidence =
        "%s of %s refills since the first reading have an event."
            .formatted(count(Math.round(recorded)), count(Math.round(counted)));
    // At both edges an event and a counter may fall on different sides of a reading.
    double slack = Math.max(50, MISSING * counted);
    return Math.abs(counted - recorded) <= slack
        ? COMPLETE.ok(evidence)
        : COMPLETE.warning(
            evidence + " The others were throttled, too short for the threshold, or lost.",
            "For totals record with slow-path-events=all and slow-path-threshold=0 ns.");
  }
}
