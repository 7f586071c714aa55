package io.hakmem.analysis.doctor;

import static io.hakmem.analysis.render.Texts.count;
import static io.hakmem.analysis.render.Texts.percent;

import java.util.List;
import java.util.Optional;

/** What the machine did: other load, throttling; and what can be read of it now. */
final class MachineChecks {

  private static final int HOT_DEGREES = 80;

  private static final Check LOAD =
      new Check("other-load", "Did other processes take the CPU?", "doctor/other-load");
  private static final Check THROTTLED =
      new Check("throttling", "Was the container throttled?", "doctor/throttling");
  private static final Check GOVERNOR =
      new Check("governor", "Does the processor run at full frequency?", "doctor/processor");
  private static final Check HEAT =
      new Check("thermal", "Is the processor too hot?", "doctor/processor");
  private static final Check STEAL =
      new Check("steal", "Does the hypervisor take time away?", "doctor/processor");

  private MachineChecks() {}

  static List<Finding> examine(Material material, ThisMachine here) {
    boolean same = here.processors() == processors(material);
    return List.of(
        load(material),
        throttled(material),
        governor(here, same),
        heat(here, same),
        steal(here, same));
  }

  private static long processors(Material material) {
    return material.numbers("doctor/processor").map(n -> Math.round(n[0])).orElse(-1L);
  }

  private static Finding load(Material material) {
    Optional<double[]> numbers = material.numbers("doctor/other-load");
    if (numbers.isEmpty()) {
      return LOAD.notKnown("No jdk.CPULoad in this recording.", Remedies.PROFILE);
    }
    double[] seen = numbers.get();
    return LOAD.graded(
        seen[0],
        0.1,
        0.25,
        "Others used %s of all processors (%s at most), this JVM %s; %s readings."
            .formatted(
                percent(seen[0]), percent(seen[1]), percent(seen[2]), count(Math.round(seen[3]))),
        "Stop what else runs ('top'), or record on another machine.");
  }

  private static Finding throttled(Material material) {
    Optional<double[]> numbers = material.numbers("doctor/throttling");
    if (numbers.isEmpty()) {
      return THROTTLED.ok("No container with a CPU limit reported throttling.");
    }
    double[] seen = numbers.get();
    double share = seen[0] == 0 ? 0 : seen[1] / seen[0];
    return THROTTLED.graded(
        share,
        0,
        0.05,
        "%s of %s time slices, %s in all."
            .formatted(
                count(Math.round(seen[1])), count(Math.round(seen[0])), SampleChecks.time(seen[2])),
        "Raise the container's CPU limit, or record outside of it.");
  }

  private static Finding governor(ThisMachine here, boolean same) {
    if (!same || here.governor().isEmpty()) {
      return GOVERNOR.notKnown(unread(same, "no frequency governor"), "");
    }
    String evidence = "The governor here and now is %s.".formatted(here.governor());
    return here.governor().equals("performance")
        ? GOVERNOR.ok(evidence)
        : GOVERNOR.warning(evidence, "'cpupower frequency-set -g performance' steadies figures.");
  }

  private static Finding heat(ThisMachine here, boolean same) {
    if (!same || here.degrees() < 0) {
      return HEAT.notKnown(unread(same, "no thermal zone"), "");
    }
    String evidence = "%d °C here and now.".formatted(here.degrees());
    return here.degrees() > HOT_DEGREES
        ? HEAT.warning(evidence, "Let it cool down: above 80 °C processors slow down.")
        : HEAT.ok(evidence);
  }

  private static Finding steal(ThisMachine here, boolean same) {
    if (!same || here.steal() < 0) {
      return STEAL.notKnown(unread(same, "no steal time"), "");
    }
    String evidence = "%s of the time since this machine started.".formatted(percent(here.steal()));
    return here.steal() > 0.02
        ? STEAL.warning(evidence, "The virtual machine shares its processors: use a larger one.")
        : STEAL.ok(evidence);
  }

  private static String unread(boolean same, String what) {
    return same
        ? "This machine shows " + what + "."
        : "The recording is of another machine, and Flight Recorder does not tell.";
  }
}
