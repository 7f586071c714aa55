package io.hakmem.analysis.trial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How far the runs of the same thing scatter, pooled over groups of such runs: the median
 * difference between the logarithms of two runs of a group, as the standard deviation that a normal
 * distribution with that median has (Shamos' estimator). 0.1 is 10 %.
 *
 * <p>It has no centre to estimate, so few runs a group don't bias it, and a stray run does not
 * decide it; the largest of many coefficients of variation is decided by strays alone. The interval
 * is the percentile bootstrap's, drawn anew within each group with a fixed seed.
 *
 * @param value NaN for no group with two runs
 * @param low lower end of the 95 % interval; NaN where no group has three runs
 * @param high upper end of it
 * @param runs how many there were in all
 * @param farthest the run farthest from its group's median, relative to it, with its sign
 */
record Spread(double value, double low, double high, int runs, double farthest) {

  private static final int DRAWS = 2_000;
  private static final long SEED = 42;
  private static final int FEWEST = 3;

  /** The median of the difference between two standard normal variables, without its sign. */
  private static final double NORMAL = 0.6744897501960817 * Math.sqrt(2);

  /** Of groups of throughputs, all above zero. */
  static Spread of(List<List<Double>> groups) {
    List<double[]> logarithms =
        groups.stream()
            .filter(group -> group.size() > 1)
            .map(group -> group.stream().mapToDouble(Math::log).toArray())
            .toList();
    int runs = logarithms.stream().mapToInt(group -> group.length).sum();
    if (runs == 0) {
      return new Spread(Double.NaN, Double.NaN, Double.NaN, 0, Double.NaN);
    }
    double value = estimate(logarithms, List.of());
    boolean enough = logarithms.stream().anyMatch(group -> group.length >= FEWEST);
    double[] draws = enough ? draws(logarithms) : new double[0];
    boolean drawn = draws.length > 0;
    return new Spread(
        value,
        drawn ? Math.min(value, draws[DRAWS / 40]) : Double.NaN,
        drawn ? Math.max(value, draws[DRAWS - 1 - DRAWS / 40]) : Double.NaN,
        runs,
        farthest(groups));
  }

  private static double[] draws(List<double[]> groups) {
    SplittableRandom random = new SplittableRandom(SEED);
    double[] draws = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      List<int[]> chosen = groups.stream().map(group -> choose(group.length, random)).toList();
      draws[i] = estimate(groups, chosen);
    }
    Arrays.sort(draws);
    return draws;
  }

  private static int[] choose(int count, SplittableRandom random) {
    int[] chosen = new int[count];
    for (int i = 0; i < count; i++) {
      chosen[i] = random.nextInt(count);
    }
    return chosen;
  }

  /** Of the runs that were chosen of each group, or of all; a run is never paired with itself. */
  private static double estimate(List<double[]> groups, List<int[]> chosen) {
    List<Double> differences = new ArrayList<>();
    for (int g = 0; g < groups.size(); g++) {
      double[] group = groups.get(g);
      for (int i = 0; i < group.length; i++) {
        for (int j = 0; j < i; j++) {
          int first = chosen.isEmpty() ? i : chosen.get(g)[i];
          int second = chosen.isEmpty() ? j : chosen.get(g)[j];
          if (first != second) {
            differences.add(Math.abs(group[first] - group[second]));
          }
        }
      }
    }
    return differences.isEmpty() ? 0 : Statistics.median(differences) / NORMAL;
  }

  private static double farthest(List<List<Double>> groups) {
    double farthest = 0;
    for (List<Double> group : groups) {
      double median = Statistics.median(group);
      for (double run : group) {
        double off = run / median - 1;
        farthest = Math.abs(off) > Math.abs(farthest) ? off : farthest;
      }
    }
    return farthest;
  }
}
