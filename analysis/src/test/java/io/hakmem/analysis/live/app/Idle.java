package io.hakmem.analysis.live.app;

import io.hakmem.Hakmem;
import java.io.IOException;

/** Says that it runs, and waits for the end of its input; with an argument it allocates first. */
public final class Idle {

  private Idle() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length > 0) {
      Hakmem.free(Hakmem.allocate(100));
    }
    System.out.println("running");
    while (System.in.read() >= 0) {
      Hakmem.free(Hakmem.allocate(100));
      System.out.println("allocated");
    }
  }
}
