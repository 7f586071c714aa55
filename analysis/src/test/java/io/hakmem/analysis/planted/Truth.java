package io.hakmem.analysis.planted;

import java.util.Map;
import java.util.TreeMap;

/**
 * What the system's clock says of a planted program, as {@link Clock#print} prints it.
 *
 * @param parts CPU nanoseconds by part
 * @param threads CPU nanoseconds of all its threads, from their start to their end
 */
record Truth(Map<String, Long> parts, long threads) {

  static Truth of(String output) {
    Map<String, Long> parts = new TreeMap<>();
    long threads = 0;
    for (String line : output.lines().toList()) {
      String[] words = line.split(" ", -1);
      if (words.length == 3 && words[0].equals("part")) {
        parts.put(words[1], Long.parseLong(words[2]));
      } else if (words.length == 2 && words[0].equals("threads")) {
        threads = Long.parseLong(words[1]);
      }
    }
    return new Truth(parts, threads);
  }

  /** Of what all threads took, 0 to 1. */
  double share(String part) {
    return (double) parts.getOrDefault(part, 0L) / threads;
  }
}
