package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;
import io.hakmem.benchmarks.peer.Slots;

/**
 * Fills the whole table with sizes of {@code 16 + (r & 0x3FF)}, then empties it: in the order of
 * allocation, against it, and by a stride that visits every slot once, by turns.
 */
final class GrowShrink {

  private static final int SMALLEST = 16;
  private static final int SIZE_MASK = 0x3FF;
  private static final int ORDERS = 3;

  /** A prime that is no divisor of a sensible table's length. */
  private static final int STRIDE = 7_368_787;

  private GrowShrink() {}

  static Round round(Settings settings, Peer peer) {
    long cycle = 2L * settings.workingSet();
    long cycles = Math.max(1, (settings.operationsOfThread() + cycle - 1) / cycle);
    return new Round(
        cycles * cycle * settings.threads(),
        settings.threads(),
        (thread, mine) -> {
          Slots slots = mine.slots(settings.workingSet());
          return () -> {
            int r = settings.seedOf(thread);
            for (long i = 0; i < cycles; i++) {
              r = grow(mine, slots, r);
              shrink(mine, slots, (int) (i % ORDERS));
            }
          };
        });
  }

  private static int grow(Peer peer, Slots slots, int seed) {
    int count = slots.length();
    int r = seed;
    for (int slot = 0; slot < count; slot++) {
      r = Xorshift.next(r);
      peer.allocate(slots, slot, SMALLEST + (r & SIZE_MASK), (byte) r);
    }
    return r;
  }

  private static void shrink(Peer peer, Slots slots, int order) {
    int count = slots.length();
    for (int i = 0; i < count; i++) {
      int slot =
          switch (order) {
            case 0 -> i;
            case 1 -> count - 1 - i;
            default -> (int) ((long) i * STRIDE % count);
          };
      if (peer.isFilled(slots, slot)) {
        peer.free(slots, slot);
      }
    }
    if (order == 2) {
      peer.freeAll(slots);
    }
  }
}
