package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;
import io.hakmem.benchmarks.peer.Slots;

/** Blocks of 64 to 512 bytes that one thread allocates and another frees, in batches. */
final class HandOver {

  private static final int SMALLEST = 64;
  private static final int SIZES = 449;

  /** Blocks that a thread frees itself for each batch that it sends: one in ten. */
  private static final int KEPT = Mailbox.BATCH / 9;

  private HandOver() {}

  /** Half of the threads only allocate, the other half only free. */
  static Round producerConsumer(Settings settings, Peer peer) {
    int pairs = Math.max(1, settings.threads() / 2);
    long batches = batches(settings.operations(), pairs, 2L * Mailbox.BATCH);
    Mailbox[] boxes = boxes(pairs, peer);
    return new Round(
        batches * pairs * 2 * Mailbox.BATCH,
        2 * pairs,
        (thread, mine) -> {
          Mailbox box = boxes[thread / 2];
          return thread % 2 == 0
              ? () -> produce(mine, box, batches, settings.seedOf(thread))
              : () -> consume(mine, box, batches);
        });
  }

  /**
   * Every thread allocates, frees one block of ten itself and sends the rest to the next thread.
   */
  static Round messagePassing(Settings settings, Peer peer) {
    int threads = settings.threads();
    long batches = batches(settings.operations(), threads, 2L * (Mailbox.BATCH + KEPT));
    Mailbox[] boxes = boxes(threads, peer);
    return new Round(
        batches * threads * 2 * (Mailbox.BATCH + KEPT),
        threads,
        (thread, mine) -> {
          Mailbox out = boxes[thread];
          Mailbox in = boxes[(thread + threads - 1) % threads];
          Slots kept = mine.slots(KEPT);
          return () -> exchange(mine, out, in, kept, batches, settings.seedOf(thread));
        });
  }

  private static long batches(long operations, int parts, long each) {
    return Math.max(1, (operations + parts * each - 1) / (parts * each));
  }

  private static Mailbox[] boxes(int count, Peer peer) {
    Mailbox[] boxes = new Mailbox[count];
    for (int i = 0; i < count; i++) {
      boxes[i] = new Mailbox(peer);
    }
    return boxes;
  }

  private static void produce(Peer peer, Mailbox box, long batches, int seed) {
    int r = seed;
    for (long b = 0; b < batches; b++) {
      while (!box.hasRoom()) {
        Yield.now();
      }
      r = fill(peer, box.toFill(), r);
      box.filled();
    }
  }

  private static void consume(Peer peer, Mailbox box, long batches) {
    for (long b = 0; b < batches; b++) {
      while (!box.hasMail()) {
        Yield.now();
      }
      empty(peer, box.toEmpty());
      box.emptied();
    }
  }

  private static void exchange(
      Peer peer, Mailbox out, Mailbox in, Slots kept, long batches, int seed) {
    int r = seed;
    long sent = 0;
    long received = 0;
    while (sent < batches || received < batches) {
      boolean idle = true;
      if (sent < batches && out.hasRoom()) {
        r = fill(peer, out.toFill(), r);
        out.filled();
        sent++;
        r = fill(peer, kept, r);
        empty(peer, kept);
        idle = false;
      }
      if (received < batches && in.hasMail()) {
        empty(peer, in.toEmpty());
        in.emptied();
        received++;
        idle = false;
      }
      if (idle) {
        Yield.now();
      }
    }
  }

  private static int fill(Peer peer, Slots slots, int seed) {
    int count = slots.length();
    int r = seed;
    for (int slot = 0; slot < count; slot++) {
      r = Xorshift.next(r);
      peer.allocate(slots, slot, SMALLEST + Integer.remainderUnsigned(r, SIZES), (byte) r);
    }
    return r;
  }

  private static void empty(Peer peer, Slots slots) {
    int count = slots.length();
    for (int slot = 0; slot < count; slot++) {
      peer.consume(slots, slot);
    }
  }
}
