package io.hakmem.analysis.verdict;

import static io.hakmem.analysis.render.Texts.count;
import static io.hakmem.analysis.render.Texts.duration;
import static io.hakmem.analysis.render.Texts.percent;

import io.hakmem.analysis.query.QueryRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What the evidence recommends; nothing without evidence. */
final class Recommendations {

  private static final double MUCH_WASTE = 0.15;
  private static final double WASTE_OF_ALL = 0.05;
  private static final long ENOUGH_HITS = 30;
  private static final double CHEAP = 0.05;
  private static final int MOST_CLASSES = 3;

  private final QueryRunner queries;
  private final List<Recommendation> list = new ArrayList<>();

  private Recommendations(QueryRunner queries) {
    this.queries = queries;
  }

  static List<Recommendation> of(
      QueryRunner queries, String freePath, List<LayerShare> layers, Weighing weighing) {
    Recommendations recommendations = new Recommendations(queries);
    recommendations.list.addAll(CapacityAdvice.of(queries));
    recommendations.waste();
    recommendations.remoteFrees();
    recommendations.path(freePath, layers, weighing);
    return List.copyOf(recommendations.list);
  }

  private record Waste(int sizeClass, long block, long samples, long allocations, double asked) {
    double bytes() {
      return allocations * Math.max(0, block - 1 - asked);
    }
  }

  private void waste() {
    List<Waste> classes =
        queries.list(
            "size-class-waste",
            row ->
                new Waste(
                    row.getInt(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getDouble(5)));
    double all = classes.stream().mapToDouble(w -> (double) w.allocations() * w.block()).sum();
    classes.stream()
        .filter(w -> w.samples() >= ENOUGH_HITS)
        .filter(w -> w.bytes() > MUCH_WASTE * w.allocations() * w.block())
        .filter(w -> w.bytes() > WASTE_OF_ALL * all)
        .limit(MOST_CLASSES)
        .forEach(
            w ->
                list.add(
                    new Recommendation(
                        "size-class-waste",
                        "Ask for sizes that fit size class %d, or just below: blocks of %d B hold"
                                .formatted(w.sizeClass(), w.block())
                            + " %d B.".formatted(w.block() - 1),
                        "requests of %.0f B on average leave %s of the block unused (%s samples)"
                            .formatted(
                                w.asked(),
                                percent(w.bytes() / w.allocations() / w.block()),
                                count(w.samples())),
                        "up to %s less memory in that class"
                            .formatted(percent(w.bytes() / w.allocations() / w.block())),
                        "size-class-waste")));
  }

  private record Slow(String thread, long refills, long spills, long spilled, long nanos) {}

  private void remoteFrees() {
    List<Slow> threads =
        queries.list(
            "threads-of-slow-paths",
            row ->
                new Slow(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getLong(4),
                    row.getLong(5)));
    List<Slow> freeing =
        threads.stream().filter(t -> t.spills() >= 100 && t.spills() > 4 * t.refills()).toList();
    List<Slow> allocating =
        threads.stream().filter(t -> t.refills() >= 100 && t.refills() > 4 * t.spills()).toList();
    if (freeing.isEmpty() || allocating.isEmpty()) {
      return;
    }
    long spills = freeing.stream().mapToLong(Slow::spills).sum();
    long blocks = freeing.stream().mapToLong(Slow::spilled).sum();
    long nanos = threads.stream().mapToLong(Slow::nanos).sum();
    list.add(
        new Recommendation(
            "remote-frees",
            "Hand blocks back to the thread that allocates them, many at a time, and let it reuse"
                + " them without freeing.",
            "%s frees what %s allocates: %s spills of %s blocks each; slow paths took %s in all"
                .formatted(
                    freeing.getFirst().thread(),
                    allocating.getFirst().thread(),
                    count(spills),
                    count(blocks / Math.max(1, spills)),
                    duration(nanos)),
            "up to that time less; blocks that are reused pass no list at all",
            "threads-of-slow-paths"));
  }

  /** Between both bounds there is no evidence for either. */
  private void path(String freePath, List<LayerShare> layers, Weighing weighing) {
    LayerShare checks =
        layers.stream()
            .filter(layer -> layer.layer().equals("free checks"))
            .findFirst()
            .orElse(null);
    if (checks == null || freePath.equals("direct") || freePath.equals("unknown")) {
      return;
    }
    String cost =
        weighing.costs().stream()
            .filter(layer -> layer.layer().equals("free checks"))
            .findFirst()
            .map(c -> String.format(Locale.ROOT, ", %.1f ns per operation", c.nanos()))
            .orElse("");
    String evidence =
        "the checks of %s took %s (%s)%s"
            .formatted(freePath, percent(checks.share()), HotPathText.interval(checks), cost);
    String gain = "direct would gain at most +%s".formatted(percent(checks.gainIfFree()));
    if (checks.high() < CHEAP) {
      list.add(
          new Recommendation(
              "push-path",
              "Keep push=" + freePath + " in production: it is affordable.",
              evidence,
              gain,
              "layers"));
    } else if (checks.low() > CHEAP) {
      list.add(
          new Recommendation(
              "push-path",
              "Keep push=%s for tests, not for production%s."
                  .formatted(
                      freePath,
                      freePath.equals("guarded")
                          ? ""
                          : "; a recording with push=guarded tells what a check in constant time"
                              + " costs"),
              evidence,
              gain,
              "layers"));
    }
  }
}
