package io.hakmem.benchmarks;

import io.hakmem.Hakmem;
import io.hakmem.ThreadCache;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * Allocates and frees in all ways, on several threads that free each other's blocks, and prints a
 * check sum of what each thread did. {@code hakmem trace --digest} prints the same of a recording.
 */
final class TraceCheck {

  private static final long FACTOR = 0x9E3779B97F4A7C15L;

  private static final int LIVE_PER_THREAD = 500;
  private static final int MAX_SMALL = 1200;
  private static final int MAX_MEDIUM = 120_000;
  private static final int MAX_LARGE = 3_000_000;
  private static final int SELDOM = 512;
  private static final int ALIGNMENTS = 6;
  private static final int FIRST_ALIGNMENT_SHIFT = 5;

  private final ConcurrentLinkedQueue<Long> handedOver = new ConcurrentLinkedQueue<>();

  private TraceCheck() {}

  /** Operations of all threads together, platform threads, as many virtual ones, seed. */
  static int run(long[] values, PrintStream out) throws InterruptedException {
    TraceCheck check = new TraceCheck();
    int threads = (int) (values[1] + values[2]);
    List<Worker> workers = new ArrayList<>();
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      boolean platform = i < values[1];
      Worker worker = check.new Worker(values[0] / threads, values[3] + i, platform && i % 2 == 1);
      workers.add(worker);
      Thread.Builder builder = platform ? Thread.ofPlatform() : Thread.ofVirtual();
      started.add(builder.start(worker));
    }
    for (Thread thread : started) {
      thread.join();
    }
    Worker last = check.new Worker(0, 0, false);
    Thread drain = Thread.ofPlatform().start(last);
    drain.join();
    workers.add(last);
    workers.forEach(worker -> out.println(worker.line()));
    return Main.OK;
  }

  private final class Worker implements Runnable {

    private final long allocations;
    private final SplittableRandom random;
    private final boolean byHandle;
    private final long[] live = new long[LIVE_PER_THREAD];
    private long thread;
    private long operations;
    private long ordered;
    private long unordered;

    Worker(long operations, long seed, boolean byHandle) {
      allocations = operations / 2;
      random = new SplittableRandom(seed);
      this.byHandle = byHandle;
    }

    @Override
    public void run() {
      thread = Thread.currentThread().threadId();
      if (byHandle) {
        work(Hakmem.threadCache());
      } else {
        work();
      }
      for (long block : live) {
        freeIfAny(block);
      }
      if (allocations == 0) {
        for (Long block = handedOver.poll(); block != null; block = handedOver.poll()) {
          freeIfAny(block);
        }
      }
    }

    private void work() {
      for (long i = 0; i < allocations; i++) {
        int slot = random.nextInt(LIVE_PER_THREAD);
        freeIfAny(leave(live[slot]));
        live[slot] = allocate();
      }
    }

    private void work(ThreadCache cache) {
      for (long i = 0; i < allocations; i++) {
        int slot = random.nextInt(LIVE_PER_THREAD);
        long block = leave(live[slot]);
        if (block != 0) {
          cache.free(block);
          freed(block);
        }
        long size = size();
        live[slot] = allocated(cache.allocate(size), size, 16);
      }
    }

    /** Sometimes the block goes to another thread, and one from there comes back. */
    private long leave(long block) {
      if (block == 0 || random.nextInt(4) != 0) {
        return block;
      }
      handedOver.add(block);
      Long other = random.nextBoolean() ? handedOver.poll() : null;
      return other == null ? 0 : other;
    }

    private long allocate() {
      long size = size();
      if (random.nextInt(SELDOM) == 0) {
        long alignment = 1L << (FIRST_ALIGNMENT_SHIFT + random.nextInt(ALIGNMENTS));
        return allocated(Hakmem.allocateAligned(size, alignment), size, alignment);
      }
      return allocated(Hakmem.allocate(size), size, 16);
    }

    private long size() {
      int kind = random.nextInt(SELDOM * 8);
      int most = kind == 0 ? MAX_LARGE : kind < SELDOM / 4 ? MAX_MEDIUM : MAX_SMALL;
      return random.nextInt(most);
    }

    private void freeIfAny(long block) {
      if (block != 0) {
        Hakmem.free(block);
        freed(block);
      }
    }

    private long allocated(long block, long size, long alignment) {
      count(mix(mix(block) ^ mix(size + 1) ^ mix(alignment) * FACTOR));
      return block;
    }

    private void freed(long block) {
      count(mix(block));
    }

    private void count(long hash) {
      operations++;
      ordered = ordered * FACTOR + hash;
      unordered += hash;
    }

    String line() {
      return String.format(
          Locale.ROOT,
          "thread %d operations %d ordered %016x unordered %016x",
          thread,
          operations,
          ordered,
          unordered);
    }
  }

  private static long mix(long value) {
    long mixed = value * FACTOR;
    return mixed ^ (mixed >>> 29);
  }
}
