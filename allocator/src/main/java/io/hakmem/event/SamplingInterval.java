package io.hakmem.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/**
 * The JFR setting {@code io.hakmem.FastPathHit#interval}: the mean number of hits between samples.
 */
@Name("io.hakmem.SamplingInterval")
@Label("Sampling Interval")
@Description("Mean number of hits between two samples; 1 records every hit")
public final class SamplingInterval extends CountSetting {

  private static final int DEFAULT_INTERVAL = 100_000;

  private static volatile int hits = DEFAULT_INTERVAL;

  public SamplingInterval() {
    super(DEFAULT_INTERVAL);
  }

  static int hits() {
    return hits;
  }

  @Override
  void changed(int count) {
    hits = count;
  }

  /** Every sample that was drawn is wanted: the drawing happens before the event exists. */
  boolean accepts() {
    return true;
  }
}
