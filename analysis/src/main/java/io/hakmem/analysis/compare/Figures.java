package io.hakmem.analysis.compare;

import io.hakmem.analysis.verdict.ClassCounters;
import io.hakmem.analysis.verdict.FallbackCause;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.LayerCost;
import io.hakmem.analysis.verdict.LayerShare;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** Every figure that two sides have in common, as differences, uncorrected. */
final class Figures {

  private static final double Z = 1.959964;
  private static final long FEWEST_OPERATIONS = 10_000;

  private final List<HotPath> a;
  private final List<HotPath> b;
  private final List<Difference> differences = new ArrayList<>();

  private Figures(List<HotPath> a, List<HotPath> b) {
    this.a = a;
    this.b = b;
  }

  static List<Difference> of(List<HotPath> a, List<HotPath> b) {
    Figures figures = new Figures(a, b);
    figures.shares();
    figures.costs();
    figures.classes();
    figures.reasons();
    return figures.differences;
  }

  /** A figure of one recording with its standard error. */
  private record Figure(double value, double error) {}

  private void add(Kind kind, String name, Function<HotPath, Figure> figure) {
    differences.add(observe(b, figure).minus(observe(a, figure), kind, name));
  }

  private static Observation observe(List<HotPath> side, Function<HotPath, Figure> figure) {
    List<Figure> figures = side.stream().map(figure).toList();
    return Observation.of(
        figures.stream().map(Figure::value).toList(), figures.stream().map(Figure::error).toList());
  }

  private <T> SortedSet<T> names(Function<HotPath, List<T>> ofOne) {
    SortedSet<T> names = new TreeSet<>();
    a.forEach(hotPath -> names.addAll(ofOne.apply(hotPath)));
    b.forEach(hotPath -> names.addAll(ofOne.apply(hotPath)));
    return names;
  }

  private void shares() {
    if (!both(hotPath -> hotPath.samples() > 0)) {
      return;
    }
    for (String layer : names(h -> h.layers().stream().map(LayerShare::layer).toList())) {
      add(Kind.LAYER_SHARE, layer, hotPath -> share(hotPath, layer));
    }
  }

  /** With one more hit and miss than there were (Agresti and Coull): no error is ever zero. */
  private static Figure share(HotPath hotPath, String layer) {
    double all = hotPath.layers().stream().mapToLong(LayerShare::samples).sum();
    double hits =
        hotPath.layers().stream()
            .filter(share -> share.layer().equals(layer))
            .mapToLong(LayerShare::samples)
            .sum();
    double p = (hits + 2) / (all + 4);
    return new Figure(100 * hits / all, 100 * Math.sqrt(p * (1 - p) / (all + 4)));
  }

  private void costs() {
    if (!both(hotPath -> !hotPath.weighing().costs().isEmpty())) {
      return;
    }
    for (String layer : names(h -> h.weighing().costs().stream().map(LayerCost::layer).toList())) {
      add(Kind.LAYER_COST, layer, hotPath -> cost(hotPath, layer));
    }
  }

  private static Figure cost(HotPath hotPath, String layer) {
    return hotPath.weighing().costs().stream()
        .filter(cost -> cost.layer().equals(layer))
        .findFirst()
        .map(cost -> new Figure(cost.nanos(), (cost.high() - cost.nanos()) / Z))
        // As if it had one sample.
        .orElseGet(
            () ->
                new Figure(
                    0, hotPath.weighing().nanosPerOperation() / Math.max(1, hotPath.samples())));
  }

  private void classes() {
    for (int sizeClass :
        names(h -> h.evidence().counters().stream().map(ClassCounters::sizeClass).toList())) {
      String name = "class " + sizeClass;
      if (both(h -> allocates(h, sizeClass) >= FEWEST_OPERATIONS)) {
        add(
            Kind.CLASS_REFILLS,
            name,
            h -> rate(counters(h, sizeClass).refills(), allocates(h, sizeClass)));
      }
      if (both(h -> frees(h, sizeClass) >= FEWEST_OPERATIONS)) {
        add(
            Kind.CLASS_REJECTIONS,
            name,
            h -> rate(counters(h, sizeClass).rejections(), frees(h, sizeClass)));
      }
    }
  }

  private static ClassCounters counters(HotPath hotPath, int sizeClass) {
    return hotPath.evidence().counters().stream()
        .filter(counters -> counters.sizeClass() == sizeClass)
        .findFirst()
        .orElse(new ClassCounters(sizeClass, 0, 0, 0, 0, 0));
  }

  private static long allocates(HotPath hotPath, int sizeClass) {
    ClassCounters counters = counters(hotPath, sizeClass);
    return counters.allocateHits() + counters.refills();
  }

  private static long frees(HotPath hotPath, int sizeClass) {
    ClassCounters counters = counters(hotPath, sizeClass);
    return counters.freeHits() + counters.rejections();
  }

  /** Events come in clusters: their error is taken as twice that of independent ones. */
  private static Figure rate(long events, long operations) {
    double scale = 1000.0 / operations;
    return new Figure(events * scale, 2 * Math.sqrt(1.0 + events) * scale);
  }

  private void reasons() {
    if (!both(hotPath -> operations(hotPath) >= FEWEST_OPERATIONS)) {
      return;
    }
    for (String reason :
        names(h -> h.evidence().fallbacks().stream().map(Figures::name).toList())) {
      add(Kind.REASON_TIME, reason, hotPath -> time(hotPath, reason));
    }
  }

  private static String name(FallbackCause cause) {
    return cause.operation() + " " + cause.reason() + " " + cause.source();
  }

  private static long operations(HotPath hotPath) {
    return hotPath.evidence().counters().stream()
        .mapToLong(c -> c.allocateHits() + c.freeHits() + c.refills() + c.rejections())
        .sum();
  }

  /** Durations scatter about as widely as they are long, and the longest one dominates. */
  private static Figure time(HotPath hotPath, String reason) {
    double operations = operations(hotPath);
    return hotPath.evidence().fallbacks().stream()
        .filter(cause -> name(cause).equals(reason))
        .findFirst()
        .map(
            cause ->
                new Figure(
                    (double) cause.totalNanos() / operations,
                    Math.max(
                            (double) cause.maxNanos(),
                            1.5 * cause.totalNanos() / Math.sqrt((double) cause.count()))
                        / operations))
        .orElse(new Figure(0, 0));
  }

  private boolean both(Predicate<HotPath> condition) {
    return a.stream().allMatch(condition) && b.stream().allMatch(condition);
  }
}
