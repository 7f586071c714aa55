package io.hakmem.analysis.trial;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The percentile bootstrap: an interval for the median from the sample itself, drawn anew with
 * replacement many times. The seed is fixed, so that the same runs give the same interval.
 *
 * @param median of the sample; NaN for no values
 * @param low 2.5th percentile of the medians drawn; NaN for fewer than three values
 * @param high 97.5th percentile
 * @param values how many there were
 */
record Bootstrap(double median, double low, double high, int values) {

  private static final int DRAWS = 10_000;
  private static final long SEED = 42;
  private static final int FEWEST = 3;

  /** The median of one sample, as of the ratios of pairs. */
  static Bootstrap median(List<Double> values) {
    double[] sample = Statistics.sorted(values);
    SplittableRandom random = new SplittableRandom(SEED);
    double[] medians = new double[values.size() < FEWEST ? 0 : DRAWS];
    for (int i = 0; i < medians.length; i++) {
      medians[i] = draw(sample, random);
    }
    return of(Statistics.median(values), medians, values.size());
  }

  /** The ratio of the medians of two samples that are not paired: {@code above / below}. */
  static Bootstrap ratio(List<Double> above, List<Double> below) {
    int fewest = Math.min(above.size(), below.size());
    double[] first = Statistics.sorted(above);
    double[] second = Statistics.sorted(below);
    SplittableRandom random = new SplittableRandom(SEED);
    double[] ratios = new double[fewest < FEWEST ? 0 : DRAWS];
    for (int i = 0; i < ratios.length; i++) {
      ratios[i] = draw(first, random) / draw(second, random);
    }
    return of(Statistics.median(above) / Statistics.median(below), ratios, fewest);
  }

  /** Whether the interval lies on one side of {@code value}. */
  boolean excludes(double value) {
    return low > value || high < value;
  }

  private static Bootstrap of(double median, double[] draws, int values) {
    if (draws.length == 0) {
      return new Bootstrap(median, Double.NaN, Double.NaN, values);
    }
    Arrays.sort(draws);
    return new Bootstrap(median, draws[DRAWS / 40], draws[DRAWS - 1 - DRAWS / 40], values);
  }

  private static double draw(double[] sample, SplittableRandom random) {
    double[] drawn = new double[sample.length];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = sample[random.nextInt(sample.length)];
    }
    Arrays.sort(drawn);
    int middle = drawn.length / 2;
    return drawn.length % 2 == 1 ? drawn[middle] : (drawn[middle - 1] + drawn[middle]) / 2;
  }
}
