package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;

/**
 * Short rounds until the JIT compiler has nothing more to do: on a busy machine its threads come
 * late, and the timed part would run in the interpreter.
 */
final class WarmUp {

  private static final int ROUNDS = 20;
  private static final long OPERATIONS = 250_000;

  /** Slow peers are warm before all rounds are over. */
  private static final double ENOUGH_SECONDS = 3;

  private static final double QUIET_SECONDS = 0.2;
  private static final double MOST_SECONDS = 15;

  private WarmUp() {}

  static void run(Peer peer, Load load, Settings settings) throws InterruptedException {
    Settings few = settings.withOperations(Math.min(OPERATIONS, settings.operations()));
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    boolean knows = compiler != null && compiler.isCompilationTimeMonitoringSupported();
    long start = System.nanoTime();
    long changed = start;
    long seen = -1;
    for (int round = 1; secondsSince(start) < MOST_SECONDS; round++) {
      Team.run(peer, load.round(few, peer));
      long now = knows && compiler != null ? compiler.getTotalCompilationTime() : 0;
      if (now != seen) {
        seen = now;
        changed = System.nanoTime();
      }
      boolean enough = round >= ROUNDS || secondsSince(start) > ENOUGH_SECONDS;
      if (enough && (!knows || secondsSince(changed) > QUIET_SECONDS)) {
        return;
      }
    }
  }

  private static double secondsSince(long nanos) {
    return (System.nanoTime() - nanos) * 1e-9;
  }
}
