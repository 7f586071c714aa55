package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;
import io.hakmem.benchmarks.peer.Slots;

/** Allocate and free of one size, over and over: one block of a thread lives at a time. */
final class Pairs {

  private static final int SIZE = 64;
  private static final int BURST = 1000;

  private Pairs() {}

  static Round round(Settings settings, Peer peer) {
    long bursts = (settings.operationsOfThread() + 2 * BURST - 1) / (2 * BURST);
    return new Round(
        bursts * 2 * BURST * settings.threads(),
        settings.threads(),
        (thread, mine) -> {
          Slots slots = mine.slots(1);
          return () -> {
            for (long b = 0; b < bursts; b++) {
              burst(mine, slots);
            }
          };
        });
  }

  private static void burst(Peer peer, Slots slots) {
    for (int i = 0; i < BURST; i++) {
      peer.allocate(slots, 0, SIZE, (byte) i);
      peer.free(slots, 0);
    }
  }
}
