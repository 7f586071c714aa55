package io.hakmem.analysis.trial;

import java.util.List;

/**
 * A figure and where it truly lies: the interval that decides a criterion. From three values on it
 * is the bootstrap's of the median. Fewer say nothing about their scatter; each is then taken as
 * right within a factor of two, which is what another load on the machine can do to it.
 *
 * @param middle the median; NaN for no values
 * @param low lower end
 * @param high upper end
 * @param assumed whether the interval is that factor
 */
record Range(double middle, double low, double high, boolean assumed) {

  static final double FACTOR = 2;

  static Range of(List<Double> values) {
    Bootstrap bootstrap = Bootstrap.median(values);
    double median = bootstrap.median();
    return Double.isNaN(bootstrap.low())
        ? new Range(median, median / FACTOR, median * FACTOR, true)
        : new Range(median, bootstrap.low(), bootstrap.high(), false);
  }

  /** A figure that is known exactly. */
  static Range exactly(double value) {
    return new Range(value, value, value, false);
  }

  /** Whether all of it lies above. */
  boolean above(double bound) {
    return low > bound;
  }

  /** Whether none of it lies above. */
  boolean notAbove(double bound) {
    return high <= bound;
  }
}
