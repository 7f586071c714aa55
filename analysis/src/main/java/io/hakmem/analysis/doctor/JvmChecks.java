package io.hakmem.analysis.doctor;

import static io.hakmem.analysis.render.Texts.count;
import static io.hakmem.analysis.render.Texts.percent;

import java.util.List;
import java.util.Optional;

/** What the JVM did beside running compiled code. */
final class JvmChecks {

  private static final Check GC =
      new Check("gc-pressure", "Did garbage collection take much?", "doctor/gc-pressure");
  private static final Check INTERPRETER =
      new Check("interpreter", "Did compiled code run?", "doctor/interpreter");
  private static final Check COMPILER =
      new Check("warm-up", "Was the JVM done compiling?", "doctor/compiler");

  private JvmChecks() {}

  static List<Finding> examine(Material material) {
    return List.of(gc(material), interpreter(material), compiler(material));
  }

  private static Finding gc(Material material) {
    Optional<double[]> numbers = material.numbers("doctor/gc-pressure");
    double seconds = material.seconds();
    if (numbers.isEmpty() || seconds == 0) {
      return GC.notKnown("No jdk.GarbageCollection in this recording.", Remedies.PROFILE);
    }
    double[] seen = numbers.get();
    double share = seen[1] / 1e9 / seconds;
    return GC.graded(
        share,
        0.02,
        0.1,
        "%s collections paused the program for %s of the time, %s at most."
            .formatted(count(Math.round(seen[0])), percent(share), SampleChecks.time(seen[2])),
        "Give the JVM a larger heap (-Xmx), or find who allocates on the heap: 'jfr view"
            + " allocation-by-site'.");
  }

  private static Finding interpreter(Material material) {
    Optional<double[]> numbers = material.ofSamples("doctor/interpreter");
    if (numbers.isEmpty()) {
      return INTERPRETER.notKnown("No CPU samples with a stack.", Remedies.PROFILE);
    }
    double share = numbers.get()[0] / numbers.get()[1];
    return INTERPRETER.graded(
        share,
        0.1,
        0.3,
        "%s of the samples after the first second were in the interpreter."
            .formatted(percent(share)),
        "Look for -Xint, -XX:TieredStopAtLevel, a full code cache or methods excluded from"
            + " compilation; else record for longer.");
  }

  private static Finding compiler(Material material) {
    Optional<double[]> numbers = material.numbers("doctor/compiler");
    Optional<double[]> span = material.ofSamples("sample-span");
    if (numbers.isEmpty() || span.isEmpty() || span.get()[1] == 0) {
      return COMPILER.notKnown("No jdk.Compilation or no jdk.CPUTimeSample.", Remedies.PROFILE);
    }
    // A compile lasts longer on a busy machine, but uses no more of it.
    double compiling =
        material
            .ofSamples("jit-cpu-time")
            .map(jit -> jit[0])
            .filter(nanos -> nanos > 0)
            .orElse(numbers.get()[0]);
    return COMPILER.graded(
        compiling / (compiling + span.get()[1]),
        0.3,
        0.6,
        "Compiling took %s beside %s of CPU time in Java threads."
            .formatted(SampleChecks.time(compiling), SampleChecks.time(span.get()[1])),
        Remedies.LONGER);
  }
}
