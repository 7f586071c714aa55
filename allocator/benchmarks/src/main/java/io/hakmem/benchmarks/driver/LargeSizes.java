package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;
import io.hakmem.benchmarks.peer.Slots;

/** Random-mixed with blocks of 32 KiB to 1 MiB, in steps of 32 KiB. */
final class LargeSizes {

  private static final int STEP_SHIFT = 15;
  private static final int STEPS = 32;

  private static final int BURST = 100;

  private LargeSizes() {}

  static Round round(Settings settings, Peer peer) {
    long each = settings.operationsOfThread();
    return new Round(
        each * settings.threads(),
        settings.threads(),
        (thread, mine) -> {
          Slots slots = mine.slots(settings.workingSet());
          return () -> run(mine, slots, each, settings.seedOf(thread));
        });
  }

  private static void run(Peer peer, Slots slots, long operations, int seed) {
    int r = seed;
    for (long left = operations; left > 0; left -= BURST) {
      r = burst(peer, slots, (int) Math.min(left, BURST), r);
    }
    peer.freeAll(slots);
  }

  private static int burst(Peer peer, Slots slots, int operations, int seed) {
    int count = slots.length();
    int r = seed;
    for (int i = 0; i < operations; i++) {
      r = Xorshift.next(r);
      int slot = Integer.remainderUnsigned(r, count);
      if (peer.isFilled(slots, slot)) {
        peer.free(slots, slot);
      } else {
        // High bits: the slot is what the low ones pick.
        int size = ((r >>> 24) % STEPS + 1) << STEP_SHIFT;
        peer.allocate(slots, slot, size, (byte) r);
      }
    }
    return r;
  }
}
