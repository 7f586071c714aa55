package io.hakmem.benchmarks.driver;

import io.hakmem.benchmarks.peer.Peer;

/**
 * One pass over a workload, to be run once.
 *
 * @param operations that it does in all, which may be a few more than asked for
 */
record Round(long operations, int threads, Member member) {

  /** What each thread does. */
  @FunctionalInterface
  interface Member {

    /**
     * Runs in the thread before the clock starts.
     *
     * @param mine what the thread allocates with
     * @return what is timed
     */
    Work prepare(int thread, Peer mine);
  }

  /** The timed part of one thread. */
  @FunctionalInterface
  interface Work {
    void run() throws InterruptedException;
  }
}
