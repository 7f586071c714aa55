package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** The threads of one round: they start together, and the clock stops when the last is done. */
final class Team {

  private final Peer peer;
  private final Round round;
  private final CountDownLatch ready;
  private final CountDownLatch go = new CountDownLatch(1);
  private final CountDownLatch done;
  private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

  private Team(Peer peer, Round round) {
    this.peer = peer;
    this.round = round;
    ready = new CountDownLatch(round.threads());
    done = new CountDownLatch(round.threads());
  }

  /** Runs a round; returns its seconds. */
  static double run(Peer peer, Round round) throws InterruptedException {
    return new Team(peer, round).run();
  }

  private double run() throws InterruptedException {
    Thread[] threads = new Thread[round.threads()];
    for (int i = 0; i < threads.length; i++) {
      int number = i;
      threads[i] = peer.threads().newThread(() -> member(number));
      threads[i].start();
    }
    ready.await();
    long start = System.nanoTime();
    go.countDown();
    done.await();
    double seconds = (System.nanoTime() - start) * 1e-9;
    for (Thread thread : threads) {
      thread.join();
    }
    Throwable failed = failure.get();
    if (failed != null) {
      throw new IllegalStateException("a thread of the workload failed", failed);
    }
    return seconds;
  }

  private void member(int number) {
    Round.@Nullable Work work = null;
    try {
      if (round.threads() > 1 && !Thread.currentThread().isVirtual()) {
        Cpus.bind(number);
      }
      work = round.member().prepare(number, peer.ofThread());
    } catch (Throwable e) {
      fail(e);
    }
    ready.countDown();
    try {
      go.await();
      if (work != null && failure.get() == null) {
        work.run();
      }
    } catch (Throwable e) {
      fail(e);
    }
    done.countDown();
  }

  private void fail(Throwable e) {
    if (!failure.compareAndSet(null, e)) {
      e.printStackTrace();
    }
  }
}
