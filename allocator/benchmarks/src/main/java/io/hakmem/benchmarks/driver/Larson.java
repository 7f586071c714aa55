package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;
import io.hakmem.benchmarks.peer.Slots;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * As Larson's server: every thread replaces random blocks of a table, and now and then lays its
 * table on a shelf and goes on with another thread's, so that blocks bleed into other threads.
 */
final class Larson {

  private static final int SMALLEST = 16;
  private static final int SIZE_MASK = 0x3FF;
  private static final int BURST = 1000;
  private static final int BURSTS_A_TABLE = 10;

  private final AtomicReferenceArray<@Nullable Slots> shelf;
  private final CyclicBarrier end;
  private final int workingSet;

  private Larson(Settings settings) {
    shelf = new AtomicReferenceArray<>(settings.threads());
    end = new CyclicBarrier(settings.threads());
    workingSet = settings.workingSet();
  }

  static Round round(Settings settings, Peer peer) {
    Larson larson = new Larson(settings);
    long bursts = (settings.operationsOfThread() + 2 * BURST - 1) / (2 * BURST);
    return new Round(
        bursts * 2 * BURST * settings.threads(),
        settings.threads(),
        (thread, mine) -> {
          Slots slots = mine.slots(settings.workingSet());
          return () -> larson.run(mine, slots, thread, bursts, settings.seedOf(thread));
        });
  }

  private void run(Peer peer, Slots first, int thread, long bursts, int seed)
      throws InterruptedException {
    Slots slots = first;
    int place = thread;
    int r = seed;
    for (long i = 1; i <= bursts; i++) {
      r = burst(peer, slots, r);
      if (i % BURSTS_A_TABLE == 0) {
        place = (place + 1) % shelf.length();
        Slots other = shelf.getAndSet(place, slots);
        slots = other != null ? other : peer.slots(workingSet);
      }
    }
    peer.freeAll(slots);
    try {
      end.await();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException("another thread failed", e);
    }
    Slots left = shelf.getAndSet(thread, null);
    if (left != null) {
      peer.freeAll(left);
    }
  }

  /** Replaces blocks; a replacement counts as two operations, also where the slot was empty. */
  private static int burst(Peer peer, Slots slots, int seed) {
    int count = slots.length();
    int r = seed;
    for (int i = 0; i < BURST; i++) {
      r = Xorshift.next(r);
      int slot = Integer.remainderUnsigned(r, count);
      if (peer.isFilled(slots, slot)) {
        peer.free(slots, slot);
      }
      peer.allocate(slots, slot, SMALLEST + (r & SIZE_MASK), (byte) r);
    }
    return r;
  }
}
