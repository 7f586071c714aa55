package io.hakmem.analysis.trial;

import java.util.List;

/**
 * The median of a sample and an interval for the true median, from order statistics: exact for any
 * distribution, since each value lies below the true median with probability one half (sign test).
 * Six values are the fewest that carry 95 %.
 *
 * @param median NaN for no values
 * @param low lower end; the smallest value where there are too few for 95 %
 * @param high upper end; the largest value where there are too few
 * @param confidence what the interval carries in truth, 0 to 1
 * @param values how many there were
 */
record MedianInterval(double median, double low, double high, double confidence, int values) {

  static final double WANTED_CONFIDENCE = 0.95;

  // Above this 2^-n nears the smallest double and the normal approximation is off by nothing.
  private static final int EXACT_UP_TO = 1000;

  static MedianInterval of(List<Double> values) {
    int count = values.size();
    if (count == 0) {
      return new MedianInterval(Double.NaN, Double.NaN, Double.NaN, 0, 0);
    }
    double[] sorted = Statistics.sorted(values);
    int cut = cut(count);
    return new MedianInterval(
        Statistics.median(values),
        sorted[cut],
        sorted[count - 1 - cut],
        confidence(count, cut),
        count);
  }

  /** Whether the interval carries 95 %. */
  boolean confident() {
    return confidence >= WANTED_CONFIDENCE;
  }

  /** How many values may be cut off at each end; 0 where the whole range is needed. */
  static int cut(int count) {
    if (count > EXACT_UP_TO) {
      return (int) Math.floor(count / 2.0 - 0.98 * Math.sqrt(count)) - 1;
    }
    int cut = 0;
    while (2 * (cut + 1) < count && confidence(count, cut + 1) >= WANTED_CONFIDENCE) {
      cut++;
    }
    return cut;
  }

  private static double confidence(int count, int cut) {
    if (count > EXACT_UP_TO) {
      return WANTED_CONFIDENCE;
    }
    double probability = Math.pow(0.5, count);
    double tail = probability;
    for (int below = 1; below <= cut; below++) {
      probability *= (double) (count - below + 1) / below;
      tail += probability;
    }
    return Math.max(0, 1 - 2 * tail);
  }
}
