package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;
import io.hakmem.benchmarks.peer.Slots;

/** The loop of {@link RandomMixed} with blocks of one size. */
final class FixedSize {

  private static final int SIZE = 64;

  private static final int BURST = 1000;

  Round round(Settings settings, Peer peer) {
    long each = settings.operationsOfThread();
    return new Round(
        each * settings.threads(),
        settings.threads(),
        (thread, mine) -> {
          Slots slots = mine.slots(settings.workingSet());
          return () -> run(mine, slots, each, settings.seedOf(thread));
        });
  }

  /** Runs the loop and frees what is left. */
  void run(Peer peer, Slots slots, long operations, int seed) {
    int r = seed;
    for (long left = operations; left > 0; left -= BURST) {
      r = burst(peer, slots, (int) Math.min(left, BURST), r);
    }
    peer.freeAll(slots);
  }

  /** A method of its own, so that the compiler sees it called often and compiles it whole. */
  int burst(Peer peer, Slots slots, int operations, int seed) {
    int r = seed;
    for (int left = operations; left > 0; left--) {
      r = Xorshift.next(r);
      int slot = Integer.remainderUnsigned(r, slots.length());
      if (peer.isFilled(slots, slot)) {
        peer.free(slots, slot);
      } else {
        peer.allocate(slots, slot, SIZE, (byte) r);
      }
    }
    return r;
  }
}
