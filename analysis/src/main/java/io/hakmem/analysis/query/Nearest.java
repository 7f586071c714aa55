package io.hakmem.analysis.query;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that somebody probably meant. */
public final class Nearest {

  private Nearest() {}

  /**
   * The candidate with the fewest typing mistakes against the name, if they are few enough to be
   * mistakes. Case counts little, and a candidate may have a prefix that the name lacks: {@code
   * GCHeapSumary} means {@code jdk.GCHeapSummary}.
   */
  public static Optional<String> to(String name, Collection<String> candidates) {
    return candidates.stream()
        .filter(candidate -> mistakes(name, candidate) <= Math.max(1, name.length() / 3))
        .min(
            Comparator.comparingInt((String candidate) -> mistakes(name, candidate))
                .thenComparing(Comparator.naturalOrder()));
  }

  private static int mistakes(String name, String candidate) {
    String wanted = name.toLowerCase(Locale.ROOT);
    String whole = candidate.toLowerCase(Locale.ROOT);
    String last = whole.substring(whole.lastIndexOf('.') + 1);
    return Math.min(distance(wanted, whole), distance(wanted, last));
  }

  /** Insertions, deletions, replacements and swaps of neighbours (optimal string alignment). */
  static int distance(String a, String b) {
    int[] previous = new int[b.length() + 1];
    int[] row = new int[b.length() + 1];
    int[] next = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      next[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = row[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        next[j] = Math.min(replaced, 1 + Math.min(row[j], next[j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          next[j] = Math.min(next[j], previous[j - 2] + 1);
        }
      }
      int[] free = previous;
      previous = row;
      row = next;
      next = free;
    }
    return row[b.length()];
  }
}
