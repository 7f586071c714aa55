package io.hakmem.analysis.render;

import java.util.Locale;

/** Numbers and sentences as people read them, the same in every locale. */
public final class Texts {

  private Texts() {}

  /** {@code 12.3 %}; a dash for no number. */
  public static String percent(double share) {
    return Double.isNaN(share) ? "-" : String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  /** {@code 99.9987 %}; rounded down, so that 100 % means all. */
  public static String rate(double share) {
    if (Double.isNaN(share)) {
      return "-";
    }
    return String.format(Locale.ROOT, "%.4f %%", Math.floor(share * 1e6) / 1e4);
  }

  /** {@code 1,234,567}. */
  public static String count(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** {@code 850 ns}, {@code 12.3 µs}, {@code 4.56 ms}, {@code 7.89 s}. */
  public static String duration(long nanos) {
    if (nanos < 1_000) {
      return nanos + " ns";
    }
    String unit = nanos < 1_000_000 ? "µs" : nanos < 1_000_000_000 ? "ms" : "s";
    double value = nanos / (unit.equals("µs") ? 1e3 : unit.equals("ms") ? 1e6 : 1e9);
    String format = value < 10 ? "%.2f %s" : value < 100 ? "%.1f %s" : "%.0f %s";
    return String.format(Locale.ROOT, format, value, unit);
  }

  /** At most {@code width} characters, the last an ellipsis where something is missing. */
  public static String clip(String line, int width) {
    return line.length() <= width ? line : line.substring(0, width - 1) + "…";
  }

  /**
   * A sentence broken at spaces into lines of at most {@code width}, each ended by a newline. Names
   * in it may come from a recording: what a terminal would obey becomes visible.
   */
  public static String wrap(String sentence, int width) {
    StringBuilder text = new StringBuilder();
    int column = 0;
    for (String word : VisibleText.of(sentence).split(" ", -1)) {
      if (column > 0 && column + 1 + word.length() > width) {
        text.append('\n');
        column = 0;
      }
      text.append(column == 0 ? "" : " ").append(word);
      column += word.length() + (column == 0 ? 0 : 1);
    }
    return text.append('\n').toString();
  }

  /** A bar of {@code share} of {@code width} columns, in eighths of a column. */
  public static String bar(double share, int width) {
    long eighths = Math.round(Math.clamp(share, 0, 1) * width * 8);
    String full = "█".repeat((int) (eighths / 8));
    int rest = (int) (eighths % 8);
    return rest == 0 ? full : full + (char) ('█' + 8 - rest);
  }
}
