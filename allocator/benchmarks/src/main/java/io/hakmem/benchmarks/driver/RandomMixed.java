package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;
import io.hakmem.benchmarks.peer.Slots;

/**
 * The original's loop in every thread: the slot that a random number picks is filled with a new
 * block, or emptied if it is full.
 *
 * <p>Sizes are {@code 16 + (r & 0x3FF)}. The loop keeps little across its calls, as its counterpart
 * in C does: what is live when the slow half of an inlined allocator is called, C2 keeps in memory
 * on the fast way too.
 */
final class RandomMixed {

  private static final int SMALLEST = 16;
  private static final int SIZE_MASK = 0x3FF;

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
        peer.allocate(slots, slot, SMALLEST + (r & SIZE_MASK), (byte) r);
      }
    }
    return r;
  }
}
