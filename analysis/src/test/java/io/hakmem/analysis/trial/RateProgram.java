package io.hakmem.analysis.trial;

import io.hakmem.Hakmem;
import jdk.jfr.Event;
import jdk.jfr.Name;

/** A user's program as {@code evaluate -- java …} runs it: good, or wrong in the way it is told. */
public final class RateProgram {

  private RateProgram() {}

  /** What it tells of its speed. */
  @Name("app.Rate")
  static final class Rate extends Event {
    double perSecond;
    String unit = "requests";
  }

  /** Arguments: {@code good}, {@code twice}, {@code fails}, {@code stranger} or {@code waits}. */
  public static void main(String[] arguments) throws InterruptedException {
    switch (arguments[0]) {
      case "stranger" -> System.out.println("rate=100");
      case "fails" -> {
        Hakmem.free(Hakmem.allocate(100));
        System.err.println("no configuration");
        System.exit(3);
      }
      case "waits" -> Thread.sleep(600_000);
      case "twice" -> {
        work();
        Hakmem.free(freedTwice());
      }
      default -> work();
    }
  }

  private static long freedTwice() {
    long block = Hakmem.allocate(100);
    Hakmem.free(block);
    return block;
  }

  private static void work() {
    for (int i = 0; i < 10_000; i++) {
      Hakmem.free(Hakmem.allocate(100));
    }
    for (double rate : new double[] {90, 100, 110}) {
      Rate event = new Rate();
      event.perSecond = rate;
      event.commit();
    }
    System.out.println("rate=100 requests/s");
  }
}
