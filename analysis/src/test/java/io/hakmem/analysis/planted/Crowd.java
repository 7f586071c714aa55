package io.hakmem.analysis.planted;

import io.hakmem.Hakmem;
import io.hakmem.analysis.planted.Clock.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Planted programs of several threads. */
final class Crowd {

  private static final Object LOCK = new Object();
  private static final long NONE = 0;
  private static final long END = -1;

  private final double seconds;
  private final Clock clock;

  Crowd(double seconds, Clock clock) {
    this.seconds = seconds;
    this.clock = clock;
  }

  static void repeat(double seconds, Work work) throws Exception {
    long end = Clock.cpu() + (long) (seconds * 1e9);
    while (Clock.cpu() < end) {
      work.some();
    }
  }

  /** So many threads, which use the CPU time together. */
  void together(int count, Supplier<Work> works) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Work work = works.get();
      threads.add(Thread.ofPlatform().start(() -> repeatAndEnd(seconds / count, work)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void repeatAndEnd(double share, Work work) {
    try {
      repeat(share, work);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    clock.endOfThread();
  }

  /** One at a time. */
  static Work locked(Work work) {
    return () -> {
      synchronized (LOCK) {
        work.some();
      }
    };
  }

  /** The CPU time of virtual threads can't be asked for: each gets as much time instead. */
  void virtual(int count, Supplier<Work> works) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Work work = works.get();
      threads.add(Thread.ofVirtual().start(() -> some(work)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private void some(Work work) {
    long end = System.nanoTime() + (long) (seconds * 1e9);
    try {
      while (System.nanoTime() < end) {
        work.some();
        LockSupport.parkNanos(1);
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** Threads that live for a moment, one after the other. */
  static void shortThreads(Work work) throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      work.some();
                    } catch (Exception e) {
                      throw new IllegalStateException(e);
                    }
                  });
      thread.join();
    }
  }

  /** Block by block: both threads wait by spinning. */
  void pingPong() throws Exception {
    AtomicLong there = new AtomicLong();
    AtomicLong back = new AtomicLong();
    Thread other =
        new Thread(
            () -> {
              for (long block = take(there); block != END; block = take(there)) {
                Hakmem.free(block);
                back.set(Hakmem.allocate(48));
              }
              clock.endOfThread();
            },
            "other");
    other.start();
    repeat(
        seconds / 2,
        () -> {
          for (int i = 0; i < 10_000; i++) {
            there.set(Hakmem.allocate(48));
            Hakmem.free(take(back));
          }
        });
    there.set(END);
    other.join();
  }

  private static long take(AtomicLong slot) {
    long block = slot.getAndSet(NONE);
    while (block == NONE) {
      Thread.onSpinWait();
      block = slot.getAndSet(NONE);
    }
    return block;
  }

  /** One thread allocates, another frees. */
  void handOver(int batch) throws Exception {
    BlockingQueue<long[]> queue = new ArrayBlockingQueue<>(16);
    Thread consumer = new Thread(() -> consume(queue), "consumer");
    consumer.start();
    repeat(
        seconds,
        () -> {
          long[] blocks = new long[batch];
          clock.time("allocate", () -> allocate(blocks));
          if (!queue.offer(blocks, 60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("nobody takes the blocks");
          }
        });
    queue.put(new long[0]);
    consumer.join();
  }

  private static void allocate(long[] blocks) {
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Hakmem.allocate(48);
    }
  }

  private void consume(BlockingQueue<long[]> queue) {
    try {
      for (long[] blocks = queue.take(); blocks.length > 0; blocks = queue.take()) {
        long[] mine = blocks;
        clock.time("free", () -> free(mine));
      }
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    clock.endOfThread();
  }

  private static void free(long[] blocks) {
    for (long block : blocks) {
      Hakmem.free(block);
    }
  }
}
