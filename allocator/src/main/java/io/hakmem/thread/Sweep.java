package io.hakmem.thread;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.hakmem.slab.BlockRecords;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Looks at free blocks that nobody allocates for long, so that a write after free is found though
 * the block never comes up. One daemon thread for the process; misuse that it finds is reported,
 * but not thrown. It also tells what others found while they held locks.
 */
final class Sweep {

  /** A sweep is followed by a pause of so many times its length: a heap may be large. */
  private static final int SHARE = 10;

  private static volatile int pauseMillis;
  private static @Nullable Thread thread;

  private Sweep() {}

  /**
   * @param millis from the end of one sweep to the next; 0 for no more sweeps
   */
  static void every(int millis) {
    pauseMillis = millis;
    if (millis > 0) {
      wake();
    }
  }

  /** Has what waits told soon. */
  static synchronized void wake() {
    if (thread == null) {
      Thread started = Thread.ofPlatform().daemon().name("hakmem-sweep").unstarted(Sweep::run);
      started.setContextClassLoader(null);
      thread = started;
      started.start();
    } else {
      LockSupport.unpark(thread);
    }
  }

  private static void run() {
    long next = System.nanoTime();
    while (!Thread.currentThread().isInterrupted()) {
      InvalidFrees.tellWaiting();
      long now = System.nanoTime();
      if (pauseMillis > 0 && now - next >= 0) {
        if (BlockRecords.epoch() != 0) {
          BlockRecords.forEach(CheckedFree::sweep);
        }
        long ended = System.nanoTime();
        next = ended + Math.max(MILLISECONDS.toNanos(pauseMillis), SHARE * (ended - now));
      } else if (pauseMillis > 0) {
        LockSupport.parkNanos(Sweep.class, next - now);
      } else {
        LockSupport.park(Sweep.class);
      }
    }
  }
}
