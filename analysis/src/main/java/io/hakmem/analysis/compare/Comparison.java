package io.hakmem.analysis.compare;

import static io.hakmem.analysis.render.Texts.percent;

import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.tables.LoadOptions;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.HotPathAnalysis;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Two sides compared. Immutable.
 *
 * @param schema {@code hakmem-compare/1}
 * @param a the first side
 * @param b the second side
 * @param decided whether the samples of both carry a verdict
 * @param explanation what explains the difference, in sentences
 * @param notes what else the reader must know
 * @param differences by kind, the largest first within each
 */
public record Comparison(
    String schema,
    Side a,
    Side b,
    boolean decided,
    String explanation,
    List<String> notes,
    List<Difference> differences) {

  private static final String SCHEMA = "hakmem-compare/1";

  /** A layer may change by a little more than all of them together, not by a multiple. */
  private static final double MOST_OF_ALL = 1.5;

  /**
   * Reads and compares.
   *
   * @throws RecordingException for the first file that cannot serve
   */
  public static Comparison of(String a, List<Path> as, String b, List<Path> bs, LoadOptions options)
      throws RecordingException {
    return ofHotPaths(a, read(as, options), b, read(bs, options));
  }

  private static List<HotPath> read(List<Path> files, LoadOptions options)
      throws RecordingException {
    List<HotPath> hotPaths = new ArrayList<>();
    for (Path file : files) {
      hotPaths.add(HotPathAnalysis.of(file, options));
    }
    return hotPaths;
  }

  /** Compares recordings that were read already; both lists hold at least one. */
  public static Comparison ofHotPaths(String a, List<HotPath> as, String b, List<HotPath> bs) {
    Side first = Side.of(a, as);
    Side second = Side.of(b, bs);
    List<Difference> differences = Holm.correct(Figures.of(as, bs));
    boolean decided = first.undecided().isEmpty() && second.undecided().isEmpty();
    return new Comparison(
        SCHEMA,
        first,
        second,
        decided,
        decided ? explain(first, second, differences) : undecided(first, second),
        notes(as, bs),
        ranked(differences));
  }

  private static String undecided(Side a, Side b) {
    return Stream.of(a.undecided(), b.undecided())
        .filter(why -> !why.isEmpty())
        .map(why -> why + ".")
        .collect(Collectors.joining(" "));
  }

  /** The differences of one kind, largest first. */
  public List<Difference> differences(Kind kind) {
    return differences.stream().filter(difference -> difference.kind() == kind).toList();
  }

  private static List<Difference> ranked(List<Difference> differences) {
    return differences.stream()
        .sorted(
            Comparator.comparing(Difference::kind)
                .thenComparing(Comparator.comparingDouble(d -> -Math.abs(d.difference())))
                .thenComparing(Difference::name))
        .toList();
  }

  private static List<String> notes(List<HotPath> as, List<HotPath> bs) {
    List<String> notes = new ArrayList<>();
    if (as.size() == 1 || bs.size() == 1) {
      notes.add(
          "One recording a side: the intervals know the noise of sampling, not what differs from"
              + " run to run. Give sets (files with commas between, or folders) for that.");
    }
    as.forEach(
        hotPath -> hotPath.warnings().forEach(w -> notes.add(hotPath.recording() + ": " + w)));
    bs.forEach(
        hotPath -> hotPath.warnings().forEach(w -> notes.add(hotPath.recording() + ": " + w)));
    return notes;
  }

  private static String explain(Side a, Side b, List<Difference> differences) {
    List<Difference> costs = ranked(differences, Kind.LAYER_COST);
    if (!costs.isEmpty()) {
      return byCost(a, b, costs);
    }
    List<Difference> shares =
        ranked(differences, Kind.LAYER_SHARE).stream().filter(Difference::significant).toList();
    if (shares.isEmpty()) {
      return "No layer's share differs by more than the noise.";
    }
    return "Shares moved: "
        + String.join(", ", shares.stream().limit(3).map(Comparison::moved).toList())
        + ". Without the exact counters and jdk.CPUTimeSample on both sides nobody knows which got"
        + " cheaper.";
  }

  private static String moved(Difference share) {
    return String.format(Locale.ROOT, "%s %+.1f points", share.name(), share.difference());
  }

  private static String byCost(Side a, Side b, List<Difference> costs) {
    double total = b.nanosPerOperation() - a.nanosPerOperation();
    String change =
        String.format(
            Locale.ROOT,
            "An operation takes %.1f ns of CPU in %s and %.1f ns in %s (%+.0f %%).",
            a.nanosPerOperation(),
            a.label(),
            b.nanosPerOperation(),
            b.label(),
            100 * total / a.nanosPerOperation());
    List<Difference> significant = costs.stream().filter(Difference::significant).toList();
    if (significant.isEmpty()) {
      return change + " No layer's cost differs by more than the noise.";
    }
    Difference first = significant.getFirst();
    double part = first.difference() / total;
    String most =
        String.format(
            Locale.ROOT,
            " %s %s: %+.1f ns (%+.1f to %+.1f).",
            capital(first.name()),
            part > 0 && part <= MOST_OF_ALL
                ? "explains " + percent(part) + " of the difference"
                : "changed most, and others against it",
            first.difference(),
            first.low(),
            first.high());
    String rest =
        significant.size() == 1
            ? " No other layer differs by more than the noise."
            : " Then: "
                + String.join(
                    ", ",
                    significant.stream()
                        .skip(1)
                        .limit(3)
                        .map(
                            d ->
                                String.format(Locale.ROOT, "%s %+.1f ns", d.name(), d.difference()))
                        .toList())
                + ".";
    return change + most + rest;
  }

  private static String capital(String words) {
    return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
  }

  private static List<Difference> ranked(List<Difference> differences, Kind kind) {
    return ranked(differences).stream().filter(d -> d.kind() == kind).toList();
  }
}
