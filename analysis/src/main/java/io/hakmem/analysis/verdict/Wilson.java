package io.hakmem.analysis.verdict;

/** Wilson's score interval: honest for small samples and for shares near 0 and 1. */
final class Wilson {

  /** The normal distribution's quantile for 95 %, two-sided. */
  private static final double Z = 1.959964;

  private Wilson() {}

  /** The share of {@code hits} in {@code samples} with its interval. */
  static LayerShare share(String layer, long hits, long samples) {
    double n = samples;
    double p = hits / n;
    double scale = 1 + Z * Z / n;
    double center = (p + Z * Z / (2 * n)) / scale;
    double half = Z * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n)) / scale;
    double low = hits == 0 ? 0 : Math.max(0, center - half);
    double high = hits == samples ? 1 : Math.min(1, center + half);
    return new LayerShare(layer, hits, p, low, high);
  }
}
