package io.hakmem.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/**
 * The JFR setting {@code io.hakmem.SlowPathFallback#alignedInterval}: the mean number of aligned
 * frees between two that have an event. Such a free costs a seventh of its event.
 */
@Name("io.hakmem.AlignedInterval")
@Label("Aligned Interval")
@Description("Mean number of frees of aligned blocks between two events; 1 records every one")
public final class AlignedInterval extends CountSetting {

  private static final int DEFAULT_INTERVAL = 1;

  private static volatile int frees = DEFAULT_INTERVAL;

  public AlignedInterval() {
    super(DEFAULT_INTERVAL);
  }

  static int frees() {
    return frees;
  }

  @Override
  void changed(int count) {
    frees = count;
  }

  /** The drawing happens before the event exists. */
  boolean accepts() {
    return true;
  }
}
