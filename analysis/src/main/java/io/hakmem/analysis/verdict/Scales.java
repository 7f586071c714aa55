package io.hakmem.analysis.verdict;

import static io.hakmem.analysis.render.Texts.count;
import static io.hakmem.analysis.render.Texts.duration;
import static io.hakmem.analysis.render.Texts.percent;

import io.hakmem.analysis.query.QueryRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Puts the samples on scales: CPU time, cost per operation, and what other witnesses say. */
final class Scales {

  /** The layers that the duration of a slow-path event covers. */
  private static final Set<String> SLOW =
      Set.of("allocate slow", "spill", "central lock", "registry", "OS");

  private static final double Z = 1.96;

  /** Clocks and samplers differ by this much without anything being wrong. */
  private static final double TOLERANCE = 0.25;

  private static final double WORTH_SAYING = 0.01;

  private final QueryRunner queries;
  private final List<LayerShare> layers;
  private final double seconds;
  private final double cpuNanos;
  private final List<LayerWait> waits;

  private Scales(QueryRunner queries, List<LayerShare> layers, long[] span) {
    this.queries = queries;
    this.layers = layers;
    this.seconds = span[0] / 1e9;
    this.cpuNanos = span[1];
    this.waits =
        queries.list(
            "lock-waits",
            row -> new LayerWait(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)));
  }

  /** Weighs attributed samples; layers as they were counted. */
  static Weighing weigh(QueryRunner queries, List<LayerShare> layers) {
    List<long[]> span =
        queries.list("sample-span", row -> new long[] {row.getLong(1), row.getLong(2)});
    return span.isEmpty() ? Weighing.NONE : new Scales(queries, layers, span.getFirst()).weighing();
  }

  private Weighing weighing() {
    record Counted(String layer, long cpu, long samples, long operations) {}
    List<Counted> counted =
        queries.list(
            "cost-per-operation",
            row -> new Counted(row.getString(1), row.getLong(2), row.getLong(3), row.getLong(4)));
    List<LayerCost> costs =
        counted.stream()
            .filter(c -> c.cpu() > 0)
            .map(c -> cost(c.layer(), c.cpu(), c.samples(), c.operations()))
            .toList();
    return new Weighing(
        seconds,
        cpuNanos / 1e9,
        first("gc-cpu-time") / 1e9,
        first("doctor/compiler") / 1e9,
        counted.isEmpty() ? 0 : counted.getFirst().operations(),
        costs,
        witnesses(),
        waits,
        Kernel.of(queries).stream().mapToDouble(Kernel::faults).findFirst().orElse(0));
  }

  private static LayerCost cost(String layer, long cpu, long samples, long operations) {
    double nanos = (double) cpu / operations;
    double half = nanos * Z / Math.sqrt((double) samples);
    return new LayerCost(layer, nanos, Math.max(0, nanos - half), nanos + half);
  }

  private double first(String query) {
    List<Long> values = queries.list(query, row -> row.getLong(1));
    return values.isEmpty() ? 0 : values.getFirst();
  }

  private List<Testimony> witnesses() {
    List<Testimony> witnesses = new ArrayList<>();
    List<long[]> slow =
        queries.list(
            "slow-path-time",
            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)});
    if (cpuNanos > 0 && !slow.isEmpty() && slow.getFirst()[1] > 0) {
      witnesses.add(slowPath(slow.getFirst()));
    }
    witnesses.addAll(sampledHits());
    witnesses.addAll(Kernel.witness(queries));
    return witnesses;
  }

  /** The events' clock runs while a thread waits as well: there lies the difference to CPU time. */
  private Testimony slowPath(long[] seen) {
    double clock = seen[0];
    String scaled = "";
    if (seen[2] > 0 && seen[3] > 1.02 * seen[2]) {
      clock = clock * seen[3] / seen[2];
      scaled = " (scaled up: the counters know %s)".formatted(count(seen[3]));
    }
    long hits =
        layers.stream()
            .filter(layer -> SLOW.contains(layer.layer()))
            .mapToLong(LayerShare::samples)
            .sum();
    long all = layers.stream().mapToLong(LayerShare::samples).sum();
    double sampled = cpuNanos * hits / Math.max(1, all);
    double noise = 2 * Z * Math.sqrt(hits + 1.0) * cpuNanos / Math.max(1, all);
    double off = clock - sampled;
    double least = Math.max(noise, TOLERANCE * Math.max(clock, sampled));
    boolean agrees = Math.abs(off) <= Math.max(least, WORTH_SAYING * cpuNanos);
    String numbers =
        "%s in %s slow paths by their own clock%s, %s (%s) by samples"
            .formatted(
                duration(Math.round(clock)),
                count(seen[1]),
                scaled,
                duration(Math.round(sampled)),
                percent(sampled / cpuNanos));
    if (!agrees) {
      numbers +=
          off > 0
              ? waiting(seen[0] - sampled, !scaled.isEmpty())
              : "; no event covers the rest: the start of the allocator, renewals of grants";
    }
    return new Testimony("slow-path durations", agrees, numbers, "slow-path-time");
  }

  /** What the events' clock saw, before it was scaled up, beyond the CPU time. */
  private String waiting(double off, boolean scaled) {
    double locks =
        waits.stream()
            .filter(wait -> SLOW.contains(wait.layer()))
            .mapToLong(LayerWait::nanos)
            .sum();
    if (2 * locks > off) {
      return "; threads waited there for locks, %s in all".formatted(duration(Math.round(locks)));
    }
    return scaled
        ? "; only some have an event, and the clock of those runs while others are written down"
        : "; threads wait there without using CPU: for the operating system or a processor";
  }

  /** Sampled hits against the exact counters, in operations. */
  private List<Testimony> sampledHits() {
    return queries
        .list(
            "doctor/sampled-hits",
            row -> new long[] {row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4)})
        .stream()
        .filter(seen -> seen[2] > 0 && seen[3] > 0)
        .map(Scales::sampledHits)
        .toList();
  }

  private static Testimony sampledHits(long[] seen) {
    double off = Math.abs((double) seen[1] - seen[3]);
    // Random distances: the standard error is the weight times the root of the samples.
    double noise = 2 * Z * seen[2] * Math.sqrt(Math.max(1, (double) seen[3] / seen[2]));
    return new Testimony(
        "sampled hits",
        off <= noise + 0.05 * seen[3],
        "%s samples stand for %s operations, the exact counters know %s"
            .formatted(count(seen[0]), count(seen[1]), count(seen[3])),
        "fast-path-counters");
  }
}
