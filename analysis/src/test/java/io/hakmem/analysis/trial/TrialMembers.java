package io.hakmem.analysis.trial;

import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.Recommendation;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The members of a JSON document by their paths, and a trial's document with all of them. */
public final class TrialMembers {

  private TrialMembers() {}

  /** Paths of all members that hold no further ones, as {@code layers[].share}. */
  public static Set<String> of(String json) {
    Set<String> members = new TreeSet<>();
    collect(members, "", JsonReader.read(json));
    return members;
  }

  private static void collect(Set<String> members, String path, @Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      map.forEach((k, v) -> collect(members, path.isEmpty() ? "" + k : path + "." + k, v));
    } else if (value instanceof List<?> list) {
      if (list.isEmpty()) {
        throw new AssertionError(path + " is empty: its members are not seen");
      }
      list.forEach(element -> collect(members, path + "[]", element));
    } else {
      members.add(path);
    }
  }

  /** Of a small trial with a baseline, a recommendation, misuse and a path beside the two. */
  public static String ofTrial() {
    TrialReport report = report("x");
    return TrialJson.render(report);
  }

  /** The same; the text stands wherever something of unknown origin does. */
  static TrialReport report(String text) {
    TrialOptions options =
        new TrialOptions(
            List.of(TrialRow.ALL.getFirst()),
            1000,
            List.of(1L),
            1,
            6,
            1,
            5,
            Duration.ofSeconds(60),
            List.of(PushPath.GUARDED),
            1,
            "");
    List<Run> runs =
        List.of(
            run(RunKind.FIGURE, PushPath.CHECKED_SCAN, 1e7, ""),
            run(RunKind.FIGURE, PushPath.DIRECT, 9e7, ""),
            run(RunKind.FIGURE, PushPath.GUARDED, 8e7, ""),
            run(RunKind.DEBUG, PushPath.CHECKED_SCAN, 1e7, text));
    TrialResult result =
        new TrialResult(
            options,
            new Machine(text, text, text, 2, 1, text, text),
            runs,
            List.of(recorded(PushPath.CHECKED_SCAN, text), recorded(PushPath.DIRECT, text)),
            "",
            1);
    Baseline baseline =
        new Baseline(
            Path.of("earlier.json"), text, text, Map.of("ws128/direct", List.of(1e8, 1.1e8)));
    return TrialReport.of(result, baseline);
  }

  private static Run run(RunKind kind, PushPath path, double speed, String problem) {
    return new Run(kind, "ws128", path, 1, 1, speed, 0, true, 1, problem, problem, "l", null);
  }

  private static RecordedPath recorded(PushPath path, String text) {
    HotPath plain = HotPaths.of(path.label(), true, 500, 500);
    HotPath hotPath =
        new HotPath(
            text,
            plain.samples(),
            plain.layers(),
            plain.freePath(),
            true,
            true,
            "",
            List.of(text),
            plain.evidence(),
            plain.weighing(),
            List.of(new Recommendation("capacity", text, text, text, "layers")));
    return RecordedPath.read(
        "ws128", path, "r.jfr", new Seen(hotPath, List.of(new Misuse("doubleFree", text, 3))));
  }
}
