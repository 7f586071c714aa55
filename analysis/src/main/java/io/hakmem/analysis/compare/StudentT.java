package io.hakmem.analysis.compare;

/** Student's distribution; the normal one where the degrees of freedom are infinite. */
final class StudentT {

  private static final double TINY = 1e-300;
  private static final int STEPS = 300;
  private static final double NEARLY_NORMAL = 1e6;

  private StudentT() {}

  /** The chance of a value at least as far from zero as {@code t}, to either side. */
  static double twoSided(double t, double freedom) {
    double n = Math.min(freedom, NEARLY_NORMAL);
    return incompleteBeta(n / 2, 0.5, n / (n + t * t));
  }

  /** The value below which a share of {@code probability}, above one half, lies. */
  static double quantile(double probability, double freedom) {
    double low = 0;
    double high = 1e6;
    for (int i = 0; i < 200; i++) {
      double middle = (low + high) / 2;
      if (1 - twoSided(middle, freedom) / 2 < probability) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return (low + high) / 2;
  }

  /** The regularized incomplete beta function, by its continued fraction (Lentz). */
  private static double incompleteBeta(double a, double b, double x) {
    if (x <= 0 || x >= 1) {
      return x <= 0 ? 0 : 1;
    }
    double front =
        Math.exp(
            logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
    return x < (a + 1) / (a + b + 2)
        ? front * fraction(a, b, x) / a
        : 1 - front * fraction(b, a, 1 - x) / b;
  }

  private static double fraction(double a, double b, double x) {
    double c = 1;
    double d = 1 / kept(1 - (a + b) * x / (a + 1));
    double result = d;
    for (int m = 1; m <= STEPS; m++) {
      double even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
      d = 1 / kept(1 + even * d);
      c = kept(1 + even / c);
      result *= d * c;
      double odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
      d = 1 / kept(1 + odd * d);
      c = kept(1 + odd / c);
      result *= d * c;
      if (Math.abs(d * c - 1) < 1e-14) {
        return result;
      }
    }
    return result;
  }

  private static double kept(double value) {
    return Math.abs(value) < TINY ? TINY : value;
  }

  /** Stirling's series, after a shift to where it is exact to 12 digits. */
  private static double logGamma(double x) {
    double shift = 0;
    double z = x;
    while (z < 15) {
      shift -= Math.log(z);
      z++;
    }
    double series = 1 / (12 * z) - 1 / (360 * z * z * z) + 1 / (1260 * Math.pow(z, 5));
    return shift + (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series;
  }
}
