package io.hakmem.analysis.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Holm's correction for many comparisons: with it the chance that any of the differences called
 * significant is none stays below 5 %.
 */
final class Holm {

  private Holm() {}

  /** The differences in the same order, with corrected p. */
  static List<Difference> correct(List<Difference> differences) {
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < differences.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingDouble(i -> differences.get(i).p()));
    List<Difference> corrected = new ArrayList<>(differences);
    double highest = 0;
    for (int rank = 0; rank < order.size(); rank++) {
      int i = order.get(rank);
      double p = Math.min(1, differences.get(i).p() * (order.size() - rank));
      highest = Math.max(highest, p);
      corrected.set(i, differences.get(i).corrected(highest));
    }
    return corrected;
  }
}
