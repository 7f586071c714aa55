package io.hakmem.analysis.verdict;

import io.hakmem.analysis.recording.RecordingReader.Outcome;
import java.util.List;
import java.util.Locale;

/** What to tell about a recording that does not suffice, each with the way to a better one. */
final class Advice {

  private static final String FLAGS = "-XX:+UnlockDiagnosticVMOptions -XX:+DebugNonSafepoints";

  private static final String RECORD =
      FLAGS
          + " -XX:StartFlightRecording:settings=jfr-profiles/src/main/resources/io/hakmem/profiles/"
          + "hakmem-hotpath.jfc,filename=hakmem.jfr,maxsize=2g";

  static final String NO_COUNTERS =
      "No io.hakmem.FastPathStatistics events: for the exact counters record with the profile"
          + " hakmem-hotpath.jfc.";

  static final String NO_SAMPLES =
      "no CPU samples: neither jdk.CPUTimeSample nor jdk.ExecutionSample was recorded; record"
          + " with the profile hakmem-hotpath.jfc, on other systems than Linux with its option"
          + " execution-sampling=true";

  static final String FLAG_OFF =
      "recorded without -XX:+DebugNonSafepoints, so samples of inlined code fall on its caller;"
          + " record again with "
          + FLAGS;

  static final String FLAG_UNKNOWN =
      "the recording does not say whether -XX:+DebugNonSafepoints was on (jdk.BooleanFlag is"
          + " missing), so samples of inlined code may fall on its caller; record with the profile"
          + " hakmem-hotpath.jfc and "
          + FLAGS;

  private Advice() {}

  static String noAllocatorEvents(List<Outcome> outcomes) {
    String damage =
        outcomes.stream()
            .filter(Outcome::damaged)
            .map(outcome -> outcome.damage() + "; what is left of it ")
            .findFirst()
            .orElse("");
    return damage
        + "holds no io.hakmem events; record with the profile hakmem-hotpath.jfc: java "
        + RECORD;
  }

  static String notEnough(long samples, long enough) {
    return "not enough samples: %d, at least %d are needed; record for longer"
        .formatted(samples, enough);
  }

  static String tooShort(double seconds, double enough) {
    return String.format(
        Locale.ROOT,
        "too short: the samples span %.1f s, at least %.0f s are needed; start and warm-up of the"
            + " JVM fill most of it; record for longer",
        seconds,
        enough);
  }

  static String biased(long samples) {
    return ("%,d samples have the stack of the next safepoint (code that the JVM has by hand, or two samplers"
            + " at once); they count for the compiled method that they were in.")
        .formatted(samples);
  }

  static String lost(long samples) {
    return "The JVM dropped %,d samples of threads in its own code; they count as JVM."
        .formatted(samples);
  }

  static String damaged(Outcome outcome) {
    return "%s %s; only its first %,d events were read."
        .formatted(outcome.file(), outcome.damage(), outcome.events());
  }
}
