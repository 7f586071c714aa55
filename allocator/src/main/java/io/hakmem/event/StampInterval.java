package io.hakmem.event;

import jdk.jfr.Description;
import jdk.jfr.Label;
import jdk.jfr.Name;

/** The JFR setting {@code io.hakmem.OperationTrace#stampInterval}: how often the clock is read. */
@Name("io.hakmem.StampInterval")
@Label("Stamp Interval")
@Description("Operations of a thread from one reading of the clock to the next; 1 times each")
public final class StampInterval extends CountSetting {

  /** Reading the clock takes longer than writing an operation down. */
  private static final int DEFAULT_INTERVAL = 32;

  private static volatile int operations = DEFAULT_INTERVAL;

  public StampInterval() {
    super(DEFAULT_INTERVAL);
  }

  static int operations() {
    return operations;
  }

  @Override
  void changed(int count) {
    operations = count;
  }

  /** The setting only says how the operations are written. */
  boolean accepts() {
    return true;
  }
}
