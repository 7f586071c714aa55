package io.hakmem.benchmarks.driver;

/** Lets other threads run. */
final class Yield {

  private Yield() {}

  @SuppressWarnings("ThreadPriorityCheck") // on few cores spinning would keep the other side out
  static void now() {
    Thread.yield();
  }
}
