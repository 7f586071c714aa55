package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;
import io.hakmem.benchmarks.peer.Slots;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that live for 2,000 operations of random-mixed on 64 slots. The threads' start and end
 * are part of what is timed; the working set says how many virtual threads are alive at a time.
 */
final class ShortThreads {

  private static final int SLOTS = 64;
  private static final int BURSTS = 20;
  private static final int BURST = 100;

  private static final RandomMixed LOOP = new RandomMixed();

  private ShortThreads() {}

  /** Each of the settings' threads starts short ones, one after the other. */
  static Round platform(Settings settings, Peer peer) {
    long each = Math.max(1, shortThreads(settings) / settings.threads());
    return new Round(
        each * settings.threads() * BURSTS * BURST,
        settings.threads(),
        (thread, mine) ->
            () -> {
              ThreadFactory threads = peer.threads();
              for (long i = 0; i < each; i++) {
                AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
                int seed = settings.seedOf((int) i);
                Thread one =
                    threads.newThread(() -> guarded(() -> work(peer, seed, false), failure));
                one.start();
                one.join();
                check(failure);
              }
            });
  }

  /** One thread starts virtual ones, which yield now and then. */
  static Round virtual(Settings settings, Peer peer) {
    long count = shortThreads(settings);
    return new Round(
        count * BURSTS * BURST,
        1,
        (thread, mine) ->
            () -> {
              int alive = settings.workingSet();
              Semaphore places = new Semaphore(alive);
              AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
              for (long i = 0; i < count; i++) {
                places.acquire();
                int seed = settings.seedOf((int) i);
                Thread.startVirtualThread(
                    () -> {
                      guarded(() -> work(peer, seed, true), failure);
                      places.release();
                    });
              }
              places.acquire(alive);
              check(failure);
            });
  }

  private static long shortThreads(Settings settings) {
    long each = BURSTS * BURST;
    return Math.max(1, (settings.operations() + each - 1) / each);
  }

  private static void work(Peer peer, int seed, boolean yield) {
    Peer mine = peer.ofThread();
    Slots slots = mine.slots(SLOTS);
    int r = seed;
    for (int i = 0; i < BURSTS; i++) {
      r = LOOP.burst(mine, slots, BURST, r);
      if (yield) {
        Yield.now();
      }
    }
    mine.freeAll(slots);
  }

  private static void guarded(Runnable body, AtomicReference<@Nullable Throwable> failure) {
    try {
      body.run();
    } catch (Throwable e) {
      failure.compareAndSet(null, e);
    }
  }

  private static void check(AtomicReference<@Nullable Throwable> failure) {
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a short thread failed", failed);
    }
  }
}
