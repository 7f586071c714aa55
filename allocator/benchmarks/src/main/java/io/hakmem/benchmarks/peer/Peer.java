package io.hakmem.benchmarks.peer;

import java.util.concurrent.ThreadFactory;

/**
 * An allocator as the driver sees it: it fills and empties slots of a table.
 *
 * <p>An abstract class and not an interface, and one peer per JVM: with a single subclass loaded
 * the compiler binds these calls by class hierarchy analysis, without even a check of the
 * receiver's class.
 */
public abstract class Peer {

  /** One for all, so that each thread has a number of its own in recordings. */
  private final ThreadFactory threads = Thread.ofPlatform().name("workload-", 0).factory();

  /** Only the three kinds of this package; peers extend one of them. */
  Peer() {}

  /** An empty table. */
  public abstract Slots slots(int count);

  public abstract boolean isFilled(Slots slots, int slot);

  /** Fills a slot with a block and writes the block's first byte. */
  public abstract void allocate(Slots slots, int slot, int size, byte first);

  /** Empties a filled slot. */
  public abstract void free(Slots slots, int slot);

  /**
   * Frees the block of a filled slot that is filled again before anybody looks: the table is only
   * read, so that a thread that empties what another filled does not take its cache lines away.
   */
  public abstract void consume(Slots slots, int slot);

  /** What the current thread works with: this, or where a peer has a handle, one of its own. */
  public Peer ofThread() {
    return this;
  }

  /** Makes the platform threads that the workloads run in. */
  public ThreadFactory threads() {
    return threads;
  }

  /** Whether a virtual thread may use it. */
  public boolean servesVirtualThreads() {
    return true;
  }

  /** Whether another thread than the one that allocated may free. */
  public boolean handsOver() {
    return true;
  }

  /** Empties what is filled. */
  public final void freeAll(Slots slots) {
    for (int slot = 0; slot < slots.length(); slot++) {
      if (isFilled(slots, slot)) {
        free(slots, slot);
      }
    }
  }
}
