package io.hakmem.analysis.verdict;

/** The exact counters of one size class, cumulative since the start of the recorded JVM. */
public record ClassCounters(
    int sizeClass,
    long blockSize,
    long allocateHits,
    long freeHits,
    long refills,
    long rejections) {

  /** Share of tiny allocations that the thread cache served at once, 0 to 1; NaN for none. */
  public double allocateHitRate() {
    return rate(allocateHits, refills);
  }

  /** Share of tiny frees that the thread cache took at once, 0 to 1; NaN for none. */
  public double freeHitRate() {
    return rate(freeHits, rejections);
  }

  private static double rate(long hits, long misses) {
    return hits + misses == 0 ? Double.NaN : (double) hits / (hits + misses);
  }
}
