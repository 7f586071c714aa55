package io.hakmem.analysis.verdict;

import io.hakmem.analysis.query.QueryRunner;
import io.hakmem.analysis.query.UnfitEventsException;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.recording.RecordingReader.Outcome;
import io.hakmem.analysis.tables.EventTables;
import io.hakmem.analysis.tables.LoadOptions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/** Finds the hot path of a recording by layer. */
public final class HotPathAnalysis {

  /**
   * Fewer samples decide nothing: with 100 the 95 % interval of a share is still up to 10 points
   * wide to each side.
   */
  public static final long ENOUGH_SAMPLES = 100;

  /** Less decides nothing either: the start of a JVM and its warm-up fill the first second. */
  public static final double ENOUGH_SECONDS = 2;

  private static final String GC = "GC";
  private static final String JIT = "JIT";
  private static final String ALLOCATOR = "io.hakmem.";

  private HotPathAnalysis() {}

  /**
   * Reads the recording and weighs it.
   *
   * @throws RecordingException if the file cannot be read or holds no events of the allocator
   */
  public static HotPath of(Path recording) throws RecordingException {
    return of(recording, LoadOptions.temporary());
  }

  /** As {@link #of(Path)}, from a cache where the options allow that. */
  public static HotPath of(Path recording, LoadOptions options) throws RecordingException {
    try (EventTables tables = EventTables.open(recording, options)) {
      return of(recording, tables);
    }
  }

  /** As {@link #of(Path)}, of a recording that is loaded already. */
  public static HotPath of(Path recording, EventTables tables) throws RecordingException {
    if (tables.countPrefix(ALLOCATOR) == 0) {
      throw new RecordingException(recording, Advice.noAllocatorEvents(tables.outcomes()));
    }
    try {
      return weigh(recording, tables);
    } catch (UnfitEventsException e) {
      throw new RecordingException(recording, String.valueOf(e.getMessage()), e);
    }
  }

  /**
   * As {@link #of(Path, EventTables)}, also of a recording without events of the allocator. Once
   * for each set of tables: it leaves the samples with their layers in {@code temp.sample_layers},
   * if there are any.
   */
  public static HotPath weigh(Path recording, EventTables tables) {
    QueryRunner queries = new QueryRunner(tables);
    String source = CpuSamples.attribute(tables);
    boolean sampled = !source.equals(CpuSamples.NONE);
    List<Misplaced> misplaced = sampled ? Misplaced.of(queries) : List.of();
    List<LayerShare> layers = sampled ? layers(queries, misplaced) : List.of();
    long samples = samples(layers);
    Evidence evidence = evidence(queries, source);
    String reason = undecided(queries, sampled, samples);
    List<PathChange> paths = evidence.pathChanges();
    String freePath = paths.isEmpty() ? "unknown" : paths.getLast().freePath();
    Weighing weighing = sampled ? Scales.weigh(queries, layers) : Weighing.NONE;
    return new HotPath(
        String.valueOf(recording.getFileName()),
        samples,
        layers,
        freePath,
        !paths.isEmpty() && paths.getLast().proven(),
        reason.isEmpty(),
        reason,
        warnings(tables, queries, paths, samples, misplaced),
        evidence,
        weighing,
        Recommendations.of(queries, freePath, reason.isEmpty() ? layers : List.of(), weighing));
  }

  /** Samples of Java threads: garbage collections and compiles are none. */
  private static long samples(List<LayerShare> layers) {
    return layers.stream()
        .filter(layer -> !layer.layer().equals(GC) && !layer.layer().equals(JIT))
        .mapToLong(LayerShare::samples)
        .sum();
  }

  private static <T> long total(List<T> counts, ToLongFunction<T> samples) {
    return counts.stream().mapToLong(samples).sum();
  }

  private static List<LayerShare> layers(QueryRunner queries, List<Misplaced> misplaced) {
    record Count(String layer, long samples) {}
    List<Count> counts = queries.list("layers", row -> new Count(row.getString(1), row.getLong(2)));
    queries.list("gc-samples", row -> row.getLong(1)).stream()
        .filter(samples -> samples > 0)
        .forEach(samples -> counts.add(new Count(GC, samples)));
    Jit.of(queries)
        .filter(Jit::goesOn)
        .ifPresent(jit -> counts.add(new Count(JIT, jit.samples(total(counts, Count::samples)))));
    counts.sort(Comparator.comparingLong(Count::samples).reversed());
    long all = counts.stream().mapToLong(Count::samples).sum();
    return counts.stream()
        .map(c -> Wilson.share(c.layer(), c.samples(), all))
        .map(share -> Misplaced.widen(share, misplaced, all))
        .toList();
  }

  /** Why the samples decide nothing, the gravest reason first; empty where they decide. */
  private static String undecided(QueryRunner queries, boolean sampled, long samples) {
    if (!sampled || samples == 0) {
      return Advice.NO_SAMPLES;
    }
    List<Boolean> flag = queries.list("debug-non-safepoints", row -> row.getBoolean(1));
    if (flag.isEmpty()) {
      return Advice.FLAG_UNKNOWN;
    }
    if (!flag.getFirst()) {
      return Advice.FLAG_OFF;
    }
    if (samples < ENOUGH_SAMPLES) {
      return Advice.notEnough(samples, ENOUGH_SAMPLES);
    }
    double seconds = queries.list("sample-span", row -> row.getLong(1)).getFirst() / 1e9;
    return seconds < ENOUGH_SECONDS ? Advice.tooShort(seconds, ENOUGH_SECONDS) : "";
  }

  private static List<String> warnings(
      EventTables tables,
      QueryRunner queries,
      List<PathChange> paths,
      long samples,
      List<Misplaced> misplaced) {
    List<String> warnings = new ArrayList<>();
    for (Outcome outcome : tables.outcomes()) {
      if (outcome.damaged()) {
        warnings.add(Advice.damaged(outcome));
      }
    }
    if (paths.stream().map(PathChange::freePath).distinct().count() > 1) {
      warnings.add("The push path changed during the recording: the figures mix the paths.");
    }
    warnings.addAll(Misplaced.notes(misplaced, samples));
    if (paths.isEmpty()) {
      warnings.add("No io.hakmem.FreePathInstalled event: which push path ran is not known.");
    }
    if (tables.count("io.hakmem.FastPathStatistics") == 0) {
      warnings.add(Advice.NO_COUNTERS);
    }
    queries.list("samples-lost", row -> row.getLong(1)).stream()
        .filter(lost -> lost * 20 > samples)
        .forEach(lost -> warnings.add(Advice.lost(lost)));
    queries.list("samples-biased", row -> row.getLong(1)).stream()
        .filter(biased -> biased * 20 > samples)
        .forEach(biased -> warnings.add(Advice.biased(biased)));
    queries.list("samples-failed", row -> row.getLong(1)).stream()
        .filter(failed -> failed * 20 > samples)
        .forEach(failed -> warnings.add(failed + " samples have no stack; they count as JVM."));
    if (samples > 0) {
      Jit.of(queries).flatMap(Jit::note).ifPresent(warnings::add);
    }
    return warnings;
  }

  private static Evidence evidence(QueryRunner queries, String source) {
    boolean sampled = !source.equals(CpuSamples.NONE);
    return new Evidence(
        source,
        queries.list(
            "fast-path-counters",
            row ->
                new ClassCounters(
                    row.getInt(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6))),
        queries.list(
            "slow-path-causes",
            row ->
                new FallbackCause(
                    row.getString(1),
                    row.getString(2),
                    row.getString(3),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7))),
        queries.list(
            "capacity-rejections",
            row -> new ClassRejections(row.getInt(1), row.getLong(2), row.getLong(3))),
        queries.list(
            "free-path-changes",
            row ->
                new PathChange(
                    Instant.EPOCH.plusNanos(row.getLong(1)),
                    row.getString(2),
                    row.getString(3),
                    row.getString(4),
                    row.getBoolean(5))),
        sampled ? hotSpots(queries, "hot-methods") : List.of(),
        sampled ? hotSpots(queries, "hot-lines") : List.of(),
        sampled ? hotSpots(queries, "application-packages") : List.of());
  }

  private static List<HotSpot> hotSpots(QueryRunner queries, String query) {
    return queries.list(
        query,
        row -> new HotSpot(row.getString(1), row.getString(2), row.getLong(3), row.getDouble(4)));
  }
}
