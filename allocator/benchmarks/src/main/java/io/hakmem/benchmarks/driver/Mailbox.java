package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;
import io.hakmem.benchmarks.peer.Slots;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A ring of batches of blocks from one thread to one other. The counters are written with release
 * and read with acquire, which also orders the tables' plain contents.
 */
final class Mailbox {

  static final int BATCH = 256;
  private static final int RING = 64;

  private final Slots[] ring = new Slots[RING];
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong read = new AtomicLong();

  Mailbox(Peer peer) {
    for (int i = 0; i < RING; i++) {
      ring[i] = peer.slots(BATCH);
    }
  }

  /** Whether the writer may fill {@link #toFill} now. */
  boolean hasRoom() {
    return written.getPlain() - read.getAcquire() < RING;
  }

  Slots toFill() {
    return ring[(int) (written.getPlain() % RING)];
  }

  void filled() {
    written.setRelease(written.getPlain() + 1);
  }

  /** Whether the reader may empty {@link #toEmpty} now. */
  boolean hasMail() {
    return read.getPlain() < written.getAcquire();
  }

  Slots toEmpty() {
    return ring[(int) (read.getPlain() % RING)];
  }

  void emptied() {
    read.setRelease(read.getPlain() + 1);
  }
}
