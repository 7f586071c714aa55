package io.hakmem.analysis.planted;

import io.hakmem.Hakmem;
import io.hakmem.analysis.planted.Clock.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Small programs of which it is known where their CPU time goes. They run for a given CPU time, not
 * a given time, so that a busy machine changes nothing, and print what each part took by the
 * system's clock.
 */
public final class Bottlenecks {

  private static final Object LOCK = new Object();

  private final double seconds;
  private final Clock clock = new Clock();

  private Bottlenecks(double seconds) {
    this.seconds = seconds;
  }

  /** Arguments: the program, seconds of CPU time. */
  public static void main(String[] arguments) throws Exception {
    Hakmem.free(Hakmem.allocate(48)); // so that its events are there
    Bottlenecks bottlenecks = new Bottlenecks(Double.parseDouble(arguments[1]));
    bottlenecks.run(arguments[0]);
    bottlenecks.clock.endOfThread();
    bottlenecks.clock.print();
  }

  private void run(String program) throws Exception {
    switch (program) {
      case "application" -> repeat(() -> Works.spin(100_000));
      case "pairs" -> repeat(new Works.Pairs(256));
      case "scan" -> repeat(scan());
      case "refill" -> repeat(new Works.Hoard(clock));
      case "burst" -> repeat(new Works.Burst(clock, 20_000, 48));
      case "classes" -> repeat(new Works.Classes(600));
      case "odd-sizes" -> repeat(new Works.Sizes(1100));
      case "fitting-sizes" -> repeat(new Works.Sizes(1400));
      case "capacity" -> repeat(new Works.Burst(clock, 100, 90_000));
      case "large" -> repeat(() -> Works.large(64 << 20));
      case "os" -> together(4, () -> () -> Works.large(1 << 30));
      case "registry" -> repeat(new Works.LookUps());
      case "spans" -> repeat(() -> Works.large(500_000));
      case "zeroing" -> repeat(() -> Works.zeroed(24_000));
      case "arenas" -> repeat(() -> Works.arenas(8_000));
      case "grown" -> repeat(() -> Works.grown(90_000));
      case "aligned" -> repeat(() -> Works.aligned(1000));
      case "garbage" -> repeat(new Works.Garbage());
      case "lock" -> together(4, () -> Bottlenecks::locked);
      case "central" -> together(4, () -> new Works.Hoard(clock));
      case "central-tiny" -> together(4, () -> new Works.Burst(clock, 100, 90_000));
      case "virtual" -> virtual(8, () -> new Works.Pairs(256));
      case "hand-over" -> handOver(2000);
      case "hand-over-1" -> handOver(20);
      case "mixed60" -> mixed(0.6, () -> Works.spin(20_000), scan());
      case "mixed80" -> mixed(0.8, () -> Works.spin(20_000), scan());
      case "mixed50" -> mixed(0.5, () -> Works.spin(20_000), scan());
      case "digest60" -> mixed(0.6, new Works.Digest(), scan());
      case "copy60" -> mixed(0.6, new Works.Copy(), scan());
      case "zeroing40" -> mixed(0.6, () -> Works.spin(20_000), () -> Works.zeroed(24_000));
      default -> throw new IllegalArgumentException(program);
    }
  }

  private Work scan() {
    return new Works.Burst(clock, 500, 48);
  }

  private void repeat(Work work) throws Exception {
    repeat(seconds, work);
  }

  private static void repeat(double seconds, Work work) throws Exception {
    long end = Clock.cpu() + (long) (seconds * 1e9);
    while (Clock.cpu() < end) {
      work.some();
    }
  }

  /**
   * Spends that share of its CPU time in the application, the rest on blocks, in turns of random
   * length: turns of one length would fall into step with the sampler.
   */
  private void mixed(double share, Work application, Work blocks) throws Exception {
    Random random = new Random(42);
    repeat(
        () -> {
          long own = clock.nanos("application");
          boolean mine = own <= share * (own + clock.nanos("blocks"));
          int times = 1 + random.nextInt(12);
          clock.time(
              mine ? "application" : "blocks", () -> times(times, mine ? application : blocks));
        });
  }

  private static void times(int times, Work work) throws Exception {
    for (int i = 0; i < times; i++) {
      work.some();
    }
  }

  private static void locked() {
    synchronized (LOCK) {
      Works.spin(50_000);
    }
  }

  private void together(int count, Supplier<Work> works) throws InterruptedException {
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

  /** The CPU time of virtual threads can't be asked for: each gets as much time instead. */
  private void virtual(int count, Supplier<Work> works) throws InterruptedException {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Work work = works.get();
      threads.add(
          Thread.ofVirtual()
              .start(
                  () -> {
                    long end = System.nanoTime() + (long) (seconds * 1e9);
                    while (System.nanoTime() < end) {
                      some(work);
                    }
                  }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void some(Work work) {
    try {
      work.some();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  /** One thread allocates, another frees. */
  private void handOver(int batch) throws Exception {
    BlockingQueue<long[]> queue = new ArrayBlockingQueue<>(16);
    Thread consumer = new Thread(() -> consume(queue), "consumer");
    consumer.start();
    repeat(
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
