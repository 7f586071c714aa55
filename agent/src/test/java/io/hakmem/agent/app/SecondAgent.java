package io.hakmem.agent.app;

import io.hakmem.Hakmem;
import java.lang.instrument.UnmodifiableClassException;

/** Says whether both this JVM's agents are at work, before and after one of them looks again. */
public final class SecondAgent {

  private SecondAgent() {}

  public static void main(String[] arguments)
      throws ClassNotFoundException, UnmodifiableClassException {
    report();
    Witness.retransform(Class.forName("io.hakmem.thread.FreePath"));
    report();
  }

  private static void report() {
    Hakmem.free(Hakmem.allocate(100));
    System.out.println(
        Hakmem.freePath().path() + (Witness.hasSeenCalls() ? ", calls seen" : ", no call seen"));
  }
}
