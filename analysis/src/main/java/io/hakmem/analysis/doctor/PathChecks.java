package io.hakmem.analysis.doctor;

import io.hakmem.analysis.verdict.PathChange;
import java.util.List;
import java.util.stream.Collectors;

/** Which push path ran, whether that was proven, whether it changed, whether it was inlined. */
final class PathChecks {

  private static final Check KNOWN =
      new Check("path-known", "Which push path ran?", "free-path-changes");
  private static final Check PROVEN =
      new Check("path-proven", "Did a probe see that path?", "free-path-changes");
  private static final Check CHANGED =
      new Check("path-unchanged", "Was it one path all the time?", "free-path-changes");
  private static final Check INLINED =
      new Check("push-inlined", "Was the push inlined by C2?", "doctor/push-inlining");

  private PathChecks() {}

  /** One decision of the compiler. */
  private record Inlining(String root, String callee, boolean inlined, String why) {}

  static List<Finding> examine(Material material) {
    List<PathChange> changes = material.hotPath().evidence().pathChanges();
    return List.of(known(changes), proven(changes), unchanged(changes), inlined(material));
  }

  private static Finding known(List<PathChange> changes) {
    if (changes.isEmpty()) {
      return KNOWN.notKnown("No io.hakmem.FreePathInstalled event.", Remedies.PROFILE);
    }
    PathChange last = changes.getLast();
    String evidence = "%s, by %s.".formatted(last.freePath(), last.by());
    return last.freePath().equals("unknown")
        ? KNOWN.fault(
            "The path behaves like none of the known ones.",
            "Another agent may have rewritten the seam: run without it.")
        : KNOWN.ok(evidence);
  }

  private static Finding proven(List<PathChange> changes) {
    if (changes.isEmpty()) {
      return PROVEN.notKnown("No io.hakmem.FreePathInstalled event.", Remedies.PROFILE);
    }
    List<String> unproven =
        changes.stream().filter(c -> !c.proven()).map(PathChange::freePath).distinct().toList();
    return unproven.isEmpty()
        ? PROVEN.ok("The allocator's probe saw it behave as its name says.")
        : PROVEN.fault(
            "The probe saw %s instead of the path that was asked for."
                .formatted(String.join(", ", unproven)),
            "Look at the lines of hakmem-agent on stderr; './hakmem status PID' shows what is live."
                + " Figures of this recording are of the path that ran.");
  }

  private static Finding unchanged(List<PathChange> changes) {
    if (changes.isEmpty()) {
      return CHANGED.notKnown("No io.hakmem.FreePathInstalled event.", Remedies.PROFILE);
    }
    List<String> paths = changes.stream().map(PathChange::freePath).toList();
    return paths.stream().distinct().count() == 1
        ? CHANGED.ok("One path from start to end.")
        : CHANGED.fault(
            "It changed: %s; the figures mix the paths.".formatted(String.join(", then ", paths)),
            "Record each path by itself, or cut the recording with 'jfr scrub' or SQL at "
                + changes.getLast().time()
                + ".");
  }

  private static Finding inlined(Material material) {
    List<Inlining> decisions =
        material
            .queries()
            .list(
                "doctor/push-inlining",
                row ->
                    new Inlining(
                        row.getString(1),
                        row.getString(2),
                        row.getBoolean(3),
                        String.valueOf(row.getString(4))));
    if (decisions.isEmpty()) {
      return INLINED.notKnown(
          "No C2 compile of a method that frees: too short a run, C1 or the interpreter only, or"
              + " jdk.CompilerInlining and jdk.Compilation were not recorded.",
          Remedies.RECORD);
    }
    List<Inlining> refused = decisions.stream().filter(d -> !d.inlined()).toList();
    if (refused.isEmpty()) {
      return INLINED.ok(
          "Inlined at all %d places of the last C2 compiles.".formatted(decisions.size()));
    }
    String where =
        refused.stream()
            .limit(3)
            .map(d -> "%s into %s (%s)".formatted(d.callee(), d.root(), d.why()))
            .collect(Collectors.joining("; "));
    String evidence =
        "Not at %d of %d places: %s.".formatted(refused.size(), decisions.size(), where);
    // The checked paths are large on purpose: there a call is no fault.
    return material.hotPath().freePath().startsWith("checked")
        ? INLINED.ok(evidence + " A checked path may well be called.")
        : INLINED.fault(
            evidence,
            "A free then pays a call. Look for -XX:CompileCommand, a small -XX:MaxInlineLevel or"
                + " -XX:FreqInlineSize, or a calling method so large that C2 gives up; split it.");
  }
}
