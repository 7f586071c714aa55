package io.hakmem.analysis.trial;

import java.util.Locale;

/** How numbers are printed, the same in every locale; NaN is a dash. */
final class Numbers {

  private Numbers() {}

  /** Operations per second in millions, one decimal. */
  static String million(double operations) {
    return format("%.1f", operations / 1e6);
  }

  /** 0.123 is {@code 12.3 %}. */
  static String percent(double share) {
    return Double.isNaN(share) ? "-" : format("%.1f", share * 100) + " %";
  }

  /** A ratio of 4.2 is {@code +320 %}; one of 0.9 is {@code -10 %}. */
  static String improvement(double ratio) {
    if (Double.isInfinite(ratio)) {
      return "without bound";
    }
    return Double.isNaN(ratio) ? "-" : format("%+.0f", (ratio - 1) * 100) + " %";
  }

  /** At most seven columns, whatever the unit. */
  static String short4(double value) {
    double size = Math.abs(value);
    return format(size >= 1e5 || size < 0.01 ? "%.1e" : size >= 1000 ? "%.0f" : "%.2f", value);
  }

  static String two(double value) {
    return format("%.2f", value);
  }

  private static String format(String pattern, double value) {
    if (Double.isNaN(value)) {
      return "-";
    }
    return String.format(Locale.ROOT, pattern, value);
  }
}
