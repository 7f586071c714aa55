package io.hakmem.analysis.bench;

import io.hakmem.analysis.trial.Statistics;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The figures of one case: one row for each peer that has any, the fastest first. */
final class CaseResult {

  private final Case which;
  private final Map<Peer, List<Sample>> samples;

  CaseResult(Case which, Map<Peer, List<Sample>> samples) {
    this.which = which;
    this.samples = samples;
  }

  Case which() {
    return which;
  }

  /**
   * One peer's figures; ratios are medians of the ratios round by round, NaN where there is nothing
   * to compare with.
   *
   * @param speed operations a second, the median of the rounds
   * @param netNanos nanoseconds an operation beyond the floor's
   * @param residentGrowth bytes, median; negative for unknown
   */
  record Row(
      Peer peer,
      double speed,
      double min,
      double max,
      double ofBest,
      double ofFloor,
      double netNanos,
      double residentGrowth,
      List<Sample> samples) {}

  List<Row> rows() {
    Optional<Peer> best = best(Peer::rival);
    Optional<Peer> floor = best(peer -> peer.kind() == Peer.Kind.FLOOR);
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Peer, List<Sample>> entry : samples.entrySet()) {
      if (!entry.getValue().isEmpty()) {
        rows.add(row(entry.getKey(), best, floor));
      }
    }
    rows.sort(Comparator.comparingDouble(Row::speed).reversed());
    return rows;
  }

  /** The peer of a kind with the highest median. */
  Optional<Peer> best(Predicate<Peer> kind) {
    return samples.keySet().stream()
        .filter(kind)
        .filter(peer -> !of(peer).isEmpty())
        .max(Comparator.comparingDouble(this::speed));
  }

  double speed(Peer peer) {
    return Statistics.median(speeds(peer));
  }

  /** The median of the ratios of rounds that both took part in. */
  double ratio(Peer peer, Peer to) {
    List<Double> ratios = new ArrayList<>();
    for (Sample mine : of(peer)) {
      of(to).stream()
          .filter(other -> other.round() == mine.round())
          .forEach(other -> ratios.add(mine.operationsPerSecond() / other.operationsPerSecond()));
    }
    return Statistics.median(ratios);
  }

  private Row row(Peer peer, Optional<Peer> best, Optional<Peer> floor) {
    List<Double> speeds = speeds(peer);
    double speed = Statistics.median(speeds);
    List<Double> growths =
        of(peer).stream().map(sample -> (double) sample.residentGrowth()).toList();
    return new Row(
        peer,
        speed,
        speeds.stream().mapToDouble(v -> v).min().orElse(Double.NaN),
        speeds.stream().mapToDouble(v -> v).max().orElse(Double.NaN),
        best.map(to -> ratio(peer, to)).orElse(Double.NaN),
        floor.map(to -> ratio(peer, to)).orElse(Double.NaN),
        floor.map(to -> 1e9 / speed - 1e9 / speed(to)).orElse(Double.NaN),
        Statistics.median(growths),
        List.copyOf(of(peer)));
  }

  private List<Double> speeds(Peer peer) {
    return of(peer).stream().map(Sample::operationsPerSecond).toList();
  }

  private List<Sample> of(Peer peer) {
    return samples.getOrDefault(peer, List.of());
  }
}
