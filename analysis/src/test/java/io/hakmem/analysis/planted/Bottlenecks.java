package io.hakmem.analysis.planted;

import io.hakmem.Hakmem;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Small programs of which it is known where their CPU time goes. They run for a given CPU time, not
 * a given time, so that a busy machine changes nothing.
 */
public final class Bottlenecks {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final Object LOCK = new Object();

  private static volatile double sink;

  private Bottlenecks() {}

  /** A part of a program, a few milliseconds of CPU time long at most. */
  private interface Work {
    void some() throws InterruptedException;
  }

  /** Arguments: the program, seconds of CPU time. */
  public static void main(String[] arguments) throws Exception {
    double seconds = Double.parseDouble(arguments[1]);
    Hakmem.free(Hakmem.allocate(48)); // so that its events are there
    switch (arguments[0]) {
      case "application" -> repeat(seconds, () -> spin(100_000));
      case "pairs" -> repeat(seconds, new Pairs(256)::some);
      case "refill" -> repeat(seconds, new Hoard()::some);
      case "classes" -> repeat(seconds, new Classes(600)::some);
      case "odd-sizes" -> repeat(seconds, new Sizes(1100)::some);
      case "fitting-sizes" -> repeat(seconds, new Sizes(1400)::some);
      case "burst" -> repeat(seconds, new Burst(20_000)::some);
      case "large" -> repeat(seconds, () -> large(64 << 20));
      case "zeroing" -> repeat(seconds, () -> zeroed(24_000));
      case "lock" -> together(4, seconds, () -> Bottlenecks::locked);
      case "garbage" -> repeat(seconds, new Garbage()::some);
      case "central" -> together(4, seconds, () -> new Burst(3000)::some);
      case "hand-over" -> handOver(seconds);
      case "mixed60" -> mixed(seconds, 0.6);
      case "mixed80" -> mixed(seconds, 0.8);
      default -> throw new IllegalArgumentException(arguments[0]);
    }
  }

  private static long cpu() {
    return THREADS.getCurrentThreadCpuTime();
  }

  private static void repeat(double seconds, Work work) throws InterruptedException {
    long end = cpu() + (long) (seconds * 1e9);
    while (cpu() < end) {
      work.some();
    }
  }

  /** Spends that share of its CPU time in the application, the rest on blocks; says how much. */
  private static void mixed(double seconds, double application) throws InterruptedException {
    Pairs pairs = new Pairs(256);
    long own = 0;
    long blocks = 0;
    long end = (long) (seconds * 1e9);
    while (own + blocks < end) {
      long before = cpu();
      if (own <= application * (own + blocks)) {
        spin(200_000);
        own += cpu() - before;
      } else {
        pairs.some();
        blocks += cpu() - before;
      }
    }
    System.out.println("application=" + (double) own / (own + blocks));
  }

  /** Nothing but arithmetic. */
  static void spin(int rounds) {
    double sum = sink;
    for (int i = 1; i < rounds; i++) {
      sum += 1.0 / ((double) i * i + sum);
    }
    sink = sum;
  }

  /** Frees and allocates at random in a working set, as the trial's workload. */
  private static final class Pairs {
    private final long[] live;
    private int random = 42;

    Pairs(int slots) {
      live = new long[slots];
    }

    void some() {
      for (int i = 0; i < 20_000; i++) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        int slot = (random & 0x7FFFFFFF) % live.length;
        if (live[slot] != 0) {
          Hakmem.free(live[slot]);
        }
        live[slot] = Hakmem.allocate(16 + (random & 0x3FF));
      }
    }
  }

  /** Allocates and never frees, until there is a lot. */
  private static final class Hoard {
    private static final int BLOCKS = 1 << 20;
    private final long[] blocks = new long[BLOCKS];
    private int count;

    void some() {
      for (int i = 0; i < 10_000; i++) {
        if (count == BLOCKS) {
          release();
        }
        blocks[count++] = Hakmem.allocate(1000);
      }
    }

    private void release() {
      while (count > 0) {
        Hakmem.free(blocks[--count]);
      }
      Hakmem.trim();
    }
  }

  /** Allocates many blocks, then frees them all: every list runs empty and full. */
  private static final class Burst {
    private final long[] blocks;

    Burst(int count) {
      blocks = new long[count];
    }

    void some() {
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = Hakmem.allocate(48);
      }
      for (long block : blocks) {
        Hakmem.free(block);
      }
    }
  }

  /** Surges of several classes that together want more than a thread's cache may hold. */
  private static final class Classes {
    private static final int[] SIZES = {200, 250, 310, 380, 500, 630, 830, 1080, 1400, 1850, 2430};
    private final long[] blocks;

    Classes(int perClass) {
      blocks = new long[perClass * SIZES.length];
    }

    void some() {
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = Hakmem.allocate(SIZES[i % SIZES.length]);
      }
      for (long block : blocks) {
        Hakmem.free(block);
      }
    }
  }

  /** Pairs of one size in a small working set: no list runs full or empty. */
  private static final class Sizes {
    private final int bytes;
    private final long[] live = new long[64];

    Sizes(int bytes) {
      this.bytes = bytes;
    }

    void some() {
      for (int i = 0; i < 50_000; i++) {
        int slot = i & 63;
        if (live[slot] != 0) {
          Hakmem.free(live[slot]);
        }
        live[slot] = Hakmem.allocate(bytes);
      }
    }
  }

  private static void large(long bytes) {
    long block = Hakmem.allocate(bytes);
    Hakmem.free(block);
  }

  private static void zeroed(long bytes) {
    for (int i = 0; i < 100; i++) {
      Hakmem.free(Hakmem.allocateZeroed(bytes));
    }
  }

  private static void locked() {
    synchronized (LOCK) {
      spin(50_000);
    }
  }

  /** A live set on the Java heap, and garbage beside it. */
  private static final class Garbage {
    private final List<byte[]> live = new ArrayList<>();

    void some() {
      for (int i = 0; i < 1000; i++) {
        byte[] bytes = new byte[100];
        if (live.size() < 300_000) {
          live.add(bytes);
        } else {
          live.set((int) (System.nanoTime() % live.size()), bytes);
        }
      }
      Hakmem.free(Hakmem.allocate(100));
    }
  }

  private static void together(int count, double seconds, Supplier<Work> works)
      throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Work work = works.get();
      Thread thread =
          new Thread(
              () -> {
                try {
                  repeat(seconds / count, work);
                } catch (InterruptedException e) {
                  Thread.currentThread().interrupt();
                }
              });
      thread.start();
      threads.add(thread);
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  /** One thread allocates, another frees. */
  private static void handOver(double seconds) throws InterruptedException {
    BlockingQueue<long[]> queue = new ArrayBlockingQueue<>(16);
    Thread consumer =
        new Thread(
            () -> {
              try {
                for (long[] blocks = queue.take(); blocks.length > 0; blocks = queue.take()) {
                  for (long block : blocks) {
                    Hakmem.free(block);
                  }
                }
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "consumer");
    consumer.start();
    repeat(
        seconds,
        () -> {
          long[] blocks = new long[2000];
          for (int i = 0; i < blocks.length; i++) {
            blocks[i] = Hakmem.allocate(48);
          }
          queue.offer(blocks, 60, TimeUnit.SECONDS);
        });
    queue.put(new long[0]);
    consumer.join();
  }
}
