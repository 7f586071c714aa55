package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;
import io.hakmem.benchmarks.peer.Slots;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * A ring of batches of blocks from one thread to one other. The counters are written with release
 * and read with acquire, which also orders the tables' plain contents. Each has its own cache
 * lines, as in the counterpart in C: both threads look at the other's while they work.
 */
final class Mailbox {

  static final int BATCH = 256;
  private static final int RING = 64;

  /** Longs in two cache lines: processors fetch them in pairs. */
  private static final int APART = 16;

  private static final int WRITTEN = APART;
  private static final int READ = 2 * APART;

  private final Slots[] ring = new Slots[RING];
  private final AtomicLongArray counters = new AtomicLongArray(3 * APART);

  Mailbox(Peer peer) {
    for (int i = 0; i < RING; i++) {
      ring[i] = peer.slots(BATCH);
    }
  }

  /** Whether the writer may fill {@link #toFill} now. */
  boolean hasRoom() {
    return counters.getPlain(WRITTEN) - counters.getAcquire(READ) < RING;
  }

  Slots toFill() {
    return ring[(int) (counters.getPlain(WRITTEN) % RING)];
  }

  void filled() {
    counters.setRelease(WRITTEN, counters.getPlain(WRITTEN) + 1);
  }

  /** Whether the reader may empty {@link #toEmpty} now. */
  boolean hasMail() {
    return counters.getPlain(READ) < counters.getAcquire(WRITTEN);
  }

  Slots toEmpty() {
    return ring[(int) (counters.getPlain(READ) % RING)];
  }

  void emptied() {
    counters.setRelease(READ, counters.getPlain(READ) + 1);
  }
}
