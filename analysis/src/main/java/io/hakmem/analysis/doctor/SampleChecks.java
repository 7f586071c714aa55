package io.hakmem.analysis.doctor;

import static io.hakmem.analysis.render.Texts.count;
import static io.hakmem.analysis.render.Texts.duration;
import static io.hakmem.analysis.render.Texts.percent;

import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.HotPathAnalysis;
import io.hakmem.analysis.verdict.LayerShare;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the CPU samples can carry a verdict. */
final class SampleChecks {

  static final long FEW_SAMPLES = 400;
  private static final double LONG_INTERVAL_MS = 20;
  private static final double USELESS_INTERVAL_MS = 50;

  private static final Check FLAG =
      new Check(
          "debug-non-safepoints",
          "Do samples of inlined code fall on the right line?",
          "debug-non-safepoints");
  private static final Check ENOUGH = new Check("samples", "Are there enough samples?", "layers");
  private static final Check LENGTH =
      new Check("length", "Did it run for long enough?", "sample-span");
  private static final Check INTERVAL =
      new Check("sampling-interval", "Was sampled often enough?", "doctor/sample-interval");
  private static final Check LOST =
      new Check("samples-lost", "Did the sampler keep up?", "samples-lost");
  private static final Check BIASED =
      new Check("samples-biased", "Do samples show their own place?", "samples-biased");
  private static final Check STEADY =
      new Check("steady", "Is the hot path the same from slice to slice?", "doctor/slices");
  private static final Check OBSERVER =
      new Check("recording-cost", "Does recording itself cost much?", "layers");

  private SampleChecks() {}

  static List<Finding> examine(Material material) {
    List<Finding> findings = new ArrayList<>();
    findings.add(flag(material));
    findings.add(enough(material.hotPath()));
    findings.add(length(material));
    findings.add(interval(material));
    findings.add(lost(material));
    findings.add(biased(material));
    findings.add(steady(material));
    findings.add(observer(material.hotPath()));
    return findings;
  }

  private static Finding flag(Material material) {
    List<Boolean> flag = material.queries().list("debug-non-safepoints", row -> row.getBoolean(1));
    String remedy = "Start the JVM with -XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints.";
    if (flag.isEmpty()) {
      return FLAG.notKnown("No jdk.BooleanFlag event of DebugNonSafepoints.", Remedies.PROFILE);
    }
    return flag.getFirst()
        ? FLAG.ok("DebugNonSafepoints is on.")
        : FLAG.fault("DebugNonSafepoints is off: they fall on the caller's loop.", remedy);
  }

  private static Finding enough(HotPath hotPath) {
    long samples = hotPath.samples();
    String sampler = hotPath.evidence().sampleEvent();
    if (samples == 0) {
      return ENOUGH.fault("No CPU samples at all.", Remedies.PROFILE);
    }
    String evidence =
        "%s of %s; a share is known to ±%.0f points at worst."
            .formatted(count(samples), sampler, 98 / Math.sqrt((double) samples));
    if (samples < HotPathAnalysis.ENOUGH_SAMPLES) {
      return ENOUGH.fault(evidence, Remedies.LONGER);
    }
    return samples < FEW_SAMPLES ? ENOUGH.warning(evidence, Remedies.LONGER) : ENOUGH.ok(evidence);
  }

  private static Finding length(Material material) {
    if (!material.sampled()) {
      return LENGTH.notKnown("No CPU samples.", Remedies.PROFILE);
    }
    double seconds = material.seconds();
    String evidence = "The samples span %.1f s.".formatted(seconds);
    return seconds < HotPathAnalysis.ENOUGH_SECONDS
        ? LENGTH.fault(evidence + " Start and warm-up fill most of it.", Remedies.LONGER)
        : LENGTH.ok(evidence);
  }

  private static Finding interval(Material material) {
    Optional<double[]> numbers = material.ofSamples("doctor/sample-interval");
    if (numbers.isEmpty()) {
      return INTERVAL.notKnown("No two samples of which it could be told.", Remedies.PROFILE);
    }
    double millis = numbers.get()[0] / 1e6;
    return INTERVAL.graded(
        millis,
        LONG_INTERVAL_MS,
        USELESS_INTERVAL_MS,
        "One sample every %.1f ms of a thread's CPU time.".formatted(millis),
        "Set the period of jdk.CPUTimeSample to 2ms: option cpu-sampling=high of the profile.");
  }

  private static Finding lost(Material material) {
    Optional<double[]> numbers = material.numbers("samples-lost");
    if (numbers.isEmpty() || !material.sampled()) {
      return LOST.notKnown("No jdk.CPUTimeSamplesLost in this recording.", "");
    }
    double share = numbers.get()[0] / Math.max(1, material.hotPath().samples());
    return LOST.graded(
        share,
        0.1,
        0.3,
        "%s of the samples were lost.".formatted(percent(share)),
        "Sample less often: option cpu-sampling=normal of the profile.");
  }

  private static Finding biased(Material material) {
    Optional<double[]> numbers = material.numbers("samples-biased");
    if (numbers.isEmpty() || !material.sampled()) {
      return BIASED.notKnown("No jdk.CPUTimeSample in this recording.", "");
    }
    double share = numbers.get()[0] / Math.max(1, material.hotPath().samples());
    return BIASED.graded(
        share,
        0.2,
        0.5,
        "%s show the next safepoint instead and were put back to their method."
            .formatted(percent(share)),
        "Record without jdk.ExecutionSample beside jdk.CPUTimeSample: each displaces the other.");
  }

  /** The first slice is warm-up and does not count. */
  private static Finding steady(Material material) {
    List<double[]> slices =
        material.sampled() ? material.rows("doctor/slices") : List.<double[]>of();
    List<double[]> later = slices.stream().filter(s -> s[0] >= 1 && s[2] >= 10).toList();
    if (later.size() < 3) {
      return STEADY.notKnown("Too few samples a slice.", Remedies.LONGER);
    }
    double all = later.stream().mapToDouble(s -> s[1]).sum();
    double samples = later.stream().mapToDouble(s -> s[2]).sum();
    double share = all / samples;
    double chi = 0;
    double farthest = 0;
    for (double[] slice : later) {
      double variance = Math.max(slice[2] * share * (1 - share), 1e-9);
      double off = slice[1] - slice[2] * share;
      chi += off * off / variance;
      farthest = Math.max(farthest, Math.abs(slice[1] / slice[2] - share));
    }
    String leader = material.hotPath().layers().getFirst().layer();
    String evidence =
        "%s has %s; the slice farthest from that is %.0f points off (chi² %.1f, %d slices)."
            .formatted(leader, percent(share), 100 * farthest, chi, later.size());
    // Chance alone gives about one per slice; four a slice is far beyond it.
    boolean noise = chi < 4.0 * later.size();
    return STEADY.graded(
        noise ? 0 : farthest,
        0.15,
        0.3,
        evidence,
        "The program has phases: record each by itself, or look at them with SQL over"
            + " jdk.CPUTimeSample.startTime.");
  }

  private static Finding observer(HotPath hotPath) {
    if (hotPath.samples() == 0) {
      return OBSERVER.notKnown("No CPU samples.", Remedies.PROFILE);
    }
    double share =
        hotPath.layers().stream()
            .filter(layer -> layer.layer().equals("instrumentation"))
            .mapToDouble(LayerShare::share)
            .sum();
    return OBSERVER.graded(
        share,
        0.05,
        0.2,
        "Events, sampling and the agent took %s of the samples.".formatted(percent(share)),
        "Record fewer events: slow-path-events=limited, a longer fast-path-interval, or the"
            + " profile hakmem-production.jfc.");
  }

  /** For evidence of other checks. */
  static String time(double nanos) {
    return duration(Math.round(nanos));
  }
}
