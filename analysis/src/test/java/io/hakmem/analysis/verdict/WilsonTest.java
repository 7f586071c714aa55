package io.hakmem.analysis.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WilsonTest {

  @Test
  void agreesWithPublishedValues() {
    // Newcombe 1998, table I, method 3: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
    check(81, 263, 0.2553, 0.3662);
    check(15, 148, 0.0624, 0.1605);
    check(0, 20, 0.0, 0.1611);
    check(1, 29, 0.0061, 0.1718);
  }

  private static void check(long hits, long samples, double low, double high) {
    LayerShare share = Wilson.share("OS", hits, samples);
    assertEquals(low, share.low(), 0.00005);
    assertEquals(high, share.high(), 0.00005);
  }

  @Test
  void staysWithinBoundsAndHoldsTheShare() {
    for (long samples = 1; samples <= 60; samples++) {
      for (long hits = 0; hits <= samples; hits++) {
        LayerShare share = Wilson.share("OS", hits, samples);
        assertTrue(0 <= share.low() && share.low() <= share.share(), share::toString);
        assertTrue(share.share() <= share.high() && share.high() <= 1, share::toString);
      }
    }
  }

  @Test
  void boundsTheGainByAmdahl() {
    assertEquals(1.0, Wilson.share("OS", 50, 100).gainIfFree(), 1e-12);
    assertEquals(0.25, Wilson.share("OS", 20, 100).gainIfFree(), 1e-12);
    assertEquals(Double.POSITIVE_INFINITY, Wilson.share("OS", 7, 7).gainIfFree());
  }
}
