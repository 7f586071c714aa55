package io.hakmem.thread;

import io.hakmem.slab.BlockRecords;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks at free blocks that nobody allocates for long, so that a write after free is found though
 * the block never comes up. One daemon thread for the process; misuse that it finds is reported,
 * but not thrown.
 */
final class Sweep {

  private static final int IDLE_MILLIS = 1000;

  /** A sweep is followed by a pause of so many times its length: a heap may be large. */
  private static final int SHARE = 10;

  private static volatile int pauseMillis;
  private static @Nullable Thread thread;

  private Sweep() {}

  /**
   * @param millis from the end of one sweep to the next; 0 for no more sweeps
   */
  static synchronized void every(int millis) {
    pauseMillis = millis;
    if (millis > 0 && thread == null) {
      Thread started = Thread.ofPlatform().daemon().name("hakmem-sweep").unstarted(Sweep::run);
      started.setContextClassLoader(null);
      thread = started;
      started.start();
    }
  }

  private static void run() {
    long took = 0;
    try {
      while (true) {
        Thread.sleep(pauseMillis == 0 ? IDLE_MILLIS : Math.max(pauseMillis, SHARE * took));
        if (pauseMillis > 0 && BlockRecords.epoch() != 0) {
          long began = System.nanoTime();
          BlockRecords.forEach(CheckedSlow::sweep);
          took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        }
      }
    } catch (InterruptedException e) {
      // Somebody wants it to end.
    }
  }
}
