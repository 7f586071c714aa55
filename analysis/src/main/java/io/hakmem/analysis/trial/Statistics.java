package io.hakmem.analysis.trial;

import java.util.Arrays;
import java.util.List;

/** Descriptive statistics of small samples. An empty sample gives NaN, never an exception. */
public final class Statistics {

  private Statistics() {}

  public static double median(List<Double> values) {
    return percentile(values, 0.5);
  }

  /**
   * Linear interpolation between the closest ranks (Hyndman and Fan's type 7).
   *
   * @param rank 0 to 1
   */
  static double percentile(List<Double> values, double rank) {
    if (!(rank >= 0 && rank <= 1)) {
      throw new IllegalArgumentException("rank must be 0 to 1, not " + rank);
    }
    if (values.isEmpty()) {
      return Double.NaN;
    }
    double[] sorted = sorted(values);
    double position = rank * (sorted.length - 1);
    int below = (int) Math.floor(position);
    int above = (int) Math.ceil(position);
    return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
  }

  static double mean(List<Double> values) {
    return values.isEmpty()
        ? Double.NaN
        : values.stream().mapToDouble(Double::doubleValue).sum() / values.size();
  }

  /** Sample standard deviation over the mean, 0.1 is 10 %; NaN for fewer than two values. */
  static double coefficientOfVariation(List<Double> values) {
    if (values.size() < 2) {
      return Double.NaN;
    }
    double mean = mean(values);
    double squares = values.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return Math.sqrt(squares / (values.size() - 1)) / mean;
  }

  /** Largest minus smallest, over the median; NaN for fewer than two values. */
  static double relativeRange(List<Double> values) {
    if (values.size() < 2) {
      return Double.NaN;
    }
    double[] sorted = sorted(values);
    return (sorted[sorted.length - 1] - sorted[0]) / median(values);
  }

  static double[] sorted(List<Double> values) {
    double[] sorted = values.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return sorted;
  }
}
