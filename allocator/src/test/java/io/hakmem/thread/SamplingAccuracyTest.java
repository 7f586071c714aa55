package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The gaps between samples, by themselves: which hits they pick of a known mix. */
class SamplingAccuracyTest {

  private static final int SITES = 5;
  private static final int INTERVAL = 100;
  private static final int RUNS = 100;
  private static final double TWO_SIDED_95 = 1.96;

  /** Site of a hit: the first has nearly half of all, the last one in 24. */
  private static int site(SplittableRandom random) {
    int pick = random.nextInt(24);
    return pick < 11 ? 0 : pick < 17 ? 1 : pick < 21 ? 2 : pick < 23 ? 3 : 4;
  }

  private static void run(long seed, int hits, long[] exact, long[] samples) {
    try (PrivateCache memory = new PrivateCache(0)) {
      long cache = memory.cache();
      CacheSlow.initialize(cache, seed);
      SplittableRandom program = new SplittableRandom(seed);
      int toSample = Sampling.gap(cache, INTERVAL);
      for (int i = 0; i < hits; i++) {
        int site = site(program);
        exact[site]++;
        if (--toSample == 0) {
          samples[site]++;
          toSample = Sampling.gap(cache, INTERVAL);
        }
      }
    }
  }

  @Test
  void aHundredThousandSamplesAreRightWithinThreePercent() {
    long[] exact = new long[SITES];
    long[] samples = new long[SITES];
    run(42, 100_000 * INTERVAL, exact, samples);
    for (int site = 0; site < SITES; site++) {
      double estimate = (double) samples[site] * INTERVAL;
      assertEquals(1, estimate / exact[site], 0.03, "site " + site);
    }
  }

  /** The interval is that of a binomial count: hits times (1 - p) / p is its variance. */
  @Test
  void intervalsHoldInNineteenRunsOfTwenty() {
    int[] held = new int[SITES];
    for (int seed = 1; seed <= RUNS; seed++) {
      long[] exact = new long[SITES];
      long[] samples = new long[SITES];
      run(seed, 2_000 * INTERVAL, exact, samples);
      for (int site = 0; site < SITES; site++) {
        double estimate = (double) samples[site] * INTERVAL;
        double error = Math.sqrt(samples[site] * (double) INTERVAL * (INTERVAL - 1));
        held[site] += Math.abs(estimate - exact[site]) <= TWO_SIDED_95 * error ? 1 : 0;
      }
    }
    int all = 0;
    for (int site = 0; site < SITES; site++) {
      assertTrue(held[site] >= 89, "site " + site + ": " + held[site] + " of " + RUNS);
      all += held[site];
    }
    assertEquals(0.95, all / (double) (SITES * RUNS), 0.02);
  }

  /** A rhythm of the program, as two sites in turn, does not meet the sampler's. */
  @Test
  void aRhythmDoesNotMatter() {
    try (PrivateCache memory = new PrivateCache(0)) {
      CacheSlow.initialize(memory.cache(), 7);
      long even = 0;
      long samples = 200_000;
      long at = 0;
      for (long i = 0; i < samples; i++) {
        at += Sampling.gap(memory.cache(), INTERVAL);
        even += 1 - at % 2;
      }
      assertEquals(0.5, (double) even / samples, 0.01);
    }
  }
}
