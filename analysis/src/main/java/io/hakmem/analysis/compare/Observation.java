package io.hakmem.analysis.compare;

import java.util.List;

/**
 * A figure of one side: the mean of its recordings.
 *
 * @param mean over the recordings
 * @param counting standard error of the mean from counting alone: samples, events
 * @param scatter standard error of the mean from the scatter between recordings; NaN for one
 * @param recordings how many there are
 */
record Observation(double mean, double counting, double scatter, int recordings) {

  /**
   * Of one figure per recording.
   *
   * @param values the figure in each recording
   * @param errors its standard error in each, from counting
   */
  static Observation of(List<Double> values, List<Double> errors) {
    int n = values.size();
    double mean = values.stream().mapToDouble(Double::doubleValue).average().orElse(Double.NaN);
    double counting = Math.sqrt(errors.stream().mapToDouble(e -> e * e).sum()) / n;
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    double scatter = n < 2 ? Double.NaN : Math.sqrt(squares / (n - 1) / n);
    return new Observation(mean, counting, scatter, n);
  }

  /** The larger of both errors: counting knows nothing of what differs from run to run. */
  double error() {
    return Double.isNaN(scatter) ? counting : Math.max(counting, scatter);
  }

  /** Degrees of freedom of the error. */
  double freedom() {
    return Double.isNaN(scatter) || counting >= scatter ? Double.POSITIVE_INFINITY : recordings - 1;
  }

  /** The difference to another side's, uncorrected; Welch's test. */
  Difference minus(Observation other, Kind kind, String name) {
    double difference = mean - other.mean;
    double error = Math.hypot(error(), other.error());
    double freedom = welch(other);
    double half = StudentT.quantile(0.975, freedom) * error;
    double p =
        error == 0 ? (difference == 0 ? 1 : 0) : StudentT.twoSided(difference / error, freedom);
    return new Difference(
        kind,
        name,
        kind.unit(),
        other.mean,
        mean,
        difference,
        difference - half,
        difference + half,
        p,
        false);
  }

  private double welch(Observation other) {
    double mine = error() * error();
    double theirs = other.error() * other.error();
    double down = part(mine, freedom()) + part(theirs, other.freedom());
    return down == 0 ? Double.POSITIVE_INFINITY : (mine + theirs) * (mine + theirs) / down;
  }

  private static double part(double variance, double freedom) {
    return Double.isInfinite(freedom) ? 0 : variance * variance / freedom;
  }
}
