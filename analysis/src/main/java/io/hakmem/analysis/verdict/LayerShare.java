package io.hakmem.analysis.verdict;

/**
 * How much of the CPU time one layer took.
 *
 * @param layer the layer's name, for example {@code free fast}
 * @param samples CPU samples attributed to it
 * @param share 0 to 1, of all samples
 * @param low lower end of the 95 % Wilson interval of the share
 * @param high upper end of it
 */
public record LayerShare(String layer, long samples, double share, double low, double high) {

  /**
   * Amdahl's bound: by how much throughput would rise at most if the layer cost nothing. 0.25 is
   * +25 %; infinite where the layer is everything.
   */
  public double gainIfFree() {
    return share >= 1 ? Double.POSITIVE_INFINITY : share / (1 - share);
  }
}
