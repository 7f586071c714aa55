package io.hakmem.analysis.trial;

import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.Recommendation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a trial recommends: which path that checks production can afford, and what to tune. */
final class Affordable {

  /** A path that keeps so much of direct's throughput is affordable: the plan's own tolerance. */
  static final double KEPT = 0.9;

  private Affordable() {}

  /**
   * Of the paths beside the two, each with the interval of its ratio to direct over all valid rows;
   * and what the recording of direct recommends. Nothing of a path whose interval holds the bound.
   */
  static List<Recommendation> of(List<RowFigures> rows, @Nullable HotPath direct) {
    List<Recommendation> list = new ArrayList<>();
    List<RowFigures> valid = rows.stream().filter(RowFigures::valid).toList();
    for (PushPath path : PushPath.values()) {
      List<Double> ratios =
          valid.stream()
              .flatMap(row -> row.beside().stream())
              .filter(figures -> figures.path() == path)
              .flatMap(figures -> figures.ofDirect().stream())
              .toList();
      MedianInterval kept = MedianInterval.of(ratios);
      if (kept.confident() && (kept.low() > KEPT || kept.high() < KEPT)) {
        list.add(recommend(path, kept));
      }
    }
    if (direct != null) {
      list.addAll(direct.recommendations());
    }
    return List.copyOf(list);
  }

  private static Recommendation recommend(PushPath path, MedianInterval kept) {
    boolean affordable = kept.low() > KEPT;
    return new Recommendation(
        "push-path",
        affordable
            ? "push=%s is affordable in production.".formatted(path.label())
            : "Keep push=%s for tests, not for production.".formatted(path.label()),
        "median of %d pairs: %s of direct's throughput (95 %%: %s to %s), affordable is 90 %%"
            .formatted(
                kept.values(),
                Numbers.percent(kept.median()),
                Numbers.percent(kept.low()),
                Numbers.percent(kept.high())),
        affordable
            ? "misuse that it sees is refused, at that price"
            : "direct gives %s".formatted(Numbers.improvement(1 / kept.median())),
        "the trial's runs");
  }
}
