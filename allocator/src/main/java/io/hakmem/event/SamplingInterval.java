package io.hakmem.event;

import java.util.Set;
import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;
import jdk.jfr.SettingControl;

/**
 * The JFR setting {@code io.hakmem.FastPathHit#interval}: the mean number of hits between samples.
 *
 * <p>Of several recordings the one that asks for the most samples wins, as with JFR's own periods.
 */
@Name("io.hakmem.SamplingInterval")
@Label("Sampling Interval")
@Description("Mean number of hits between two samples; 1 records every hit")
public final class SamplingInterval extends SettingControl {

  private static final int DEFAULT_INTERVAL = 100_000;

  private static volatile int hits = DEFAULT_INTERVAL;

  private String value = String.valueOf(DEFAULT_INTERVAL);

  static int hits() {
    return hits;
  }

  @Override
  public String combine(Set<String> settings) {
    int smallest = Integer.MAX_VALUE;
    for (String setting : settings) {
      smallest = Math.min(smallest, parse(setting));
    }
    return String.valueOf(smallest == Integer.MAX_VALUE ? DEFAULT_INTERVAL : smallest);
  }

  @Override
  public void setValue(String setting) {
    value = setting;
    hits = parse(setting);
  }

  @Override
  public String getValue() {
    return value;
  }

  /** Every sample that was drawn is wanted: the drawing happens before the event exists. */
  boolean accepts() {
    return true;
  }

  /** A setting that is no positive number counts as the default: JFR has no way to refuse it. */
  private static int parse(String setting) {
    try {
      int parsed = Integer.parseInt(setting.strip());
      return parsed > 0 ? parsed : DEFAULT_INTERVAL;
    } catch (NumberFormatException e) {
      return DEFAULT_INTERVAL;
    }
  }
}
