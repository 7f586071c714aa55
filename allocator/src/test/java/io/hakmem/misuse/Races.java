package io.hakmem.misuse;

import io.hakmem.Allocator;
import io.hakmem.InvalidFreeException;
import io.hakmem.config.AllocatorOptions;
import io.hakmem.thread.FreePaths;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread that alone frees into a slab, and a second one, free the same block of it in the same
 * instant, slab after slab: exactly one of them must be refused.
 */
public final class Races {

  private static final int SIZE = 100;
  private static final int ROUNDS = 1_000;

  /** Frees beside the contested one, so that the two threads meet anywhere in a free. */
  private static final int APART = 7;

  private static final AtomicInteger TURN = new AtomicInteger();
  private static final AtomicInteger ARRIVED = new AtomicInteger();
  private static final AtomicInteger DONE = new AtomicInteger();
  private static final AtomicInteger REFUSED = new AtomicInteger();
  private static volatile Allocator allocator = new Allocator(AllocatorOptions.defaults());
  private static volatile long contested;

  private Races() {}

  private static void await(AtomicInteger counter, int least) {
    for (int i = 0; counter.get() < least; i++) {
      if (i < 10_000) {
        Thread.onSpinWait();
      } else {
        LockSupport.parkNanos(1);
      }
    }
  }

  /** Frees what is contested once both are there, the one a different time later than the other. */
  private static void freeTogether(int round, int delay) {
    ARRIVED.incrementAndGet();
    await(ARRIVED, 2 * round);
    for (int i = 0; i < delay; i++) {
      Thread.onSpinWait();
    }
    try {
      allocator.free(contested);
    } catch (InvalidFreeException e) {
      if (!e.kind().equals("doubleFree")) {
        throw new AssertionError("refused as " + e.kind(), e);
      }
      REFUSED.incrementAndGet();
    }
    DONE.incrementAndGet();
  }

  private static void second() {
    for (int round = 1; round <= ROUNDS; round++) {
      await(TURN, round);
      // A cache of its own, before it counts.
      allocator.allocate(SIZE);
      freeTogether(round, round % 5);
    }
  }

  private static boolean isOneRefused(int round) {
    try (Allocator fresh = new Allocator(AllocatorOptions.defaults())) {
      allocator = fresh;
      contested = fresh.allocate(SIZE);
      for (int i = 0; i < APART; i++) {
        // From here on the slab is this thread's.
        fresh.free(fresh.allocate(SIZE));
      }
      REFUSED.set(0);
      TURN.set(round);
      freeTogether(round, round / 5 % 5);
      await(DONE, 2 * round);
      return REFUSED.get() == 1;
    }
  }

  /** Prints in how many rounds not exactly one was refused. */
  public static void main(String[] arguments) throws InterruptedException {
    Thread second = Thread.ofPlatform().start(Races::second);
    int wrong = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      wrong += isOneRefused(round) ? 0 : 1;
    }
    second.join();
    System.out.println(wrong + " wrong, " + FreePaths.live().path());
  }
}
