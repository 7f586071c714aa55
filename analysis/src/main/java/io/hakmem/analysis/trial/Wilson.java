package io.hakmem.analysis.trial;

import io.hakmem.analysis.verdict.LayerShare;

/** The share of a layer that no sample fell on, which the hot path leaves out. */
final class Wilson {

  private static final double Z = 1.96;

  private Wilson() {}

  /** Zero of {@code samples}, with its 95 % Wilson interval. */
  static LayerShare none(String layer, long samples) {
    return new LayerShare(layer, 0, 0, 0, Z * Z / (samples + Z * Z));
  }
}
