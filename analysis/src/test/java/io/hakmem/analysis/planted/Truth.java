package io.hakmem.analysis.planted;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the system's clock says of a planted program, as {@link Clock#print} prints it.
 *
 * @param parts CPU nanoseconds by part
 */
record Truth(Map<String, Long> parts) {

  static Truth of(String output) {
    Map<String, Long> parts = new TreeMap<>();
    for (String line : output.lines().toList()) {
      String[] words = line.split(" ", -1);
      if (words.length == 3 && words[0].equals("part")) {
        parts.put(words[1], Long.parseLong(words[2]));
      }
    }
    return new Truth(parts);
  }

  /** Share of the application in the two parts of a mix, 0 to 1. */
  double application() {
    double own = nanos("application");
    return own / (own + nanos("blocks"));
  }

  /** Share of the recording in a part of a program, 0 to 1: what it adds to the same without. */
  double added(Truth without, String part) {
    return 1 - (double) without.nanos(part + "-least") / nanos(part + "-least");
  }

  private long nanos(String part) {
    return parts.getOrDefault(part, 0L);
  }
}
