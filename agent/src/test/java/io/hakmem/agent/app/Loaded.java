package io.hakmem.agent.app;

import com.sun.management.OperatingSystemMXBean;
import io.hakmem.AllocatorStatistics;
import io.hakmem.Hakmem;
import io.hakmem.memory.RawMemory;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Four threads allocate, write, verify and free blocks, and hand some to each other, until the
 * input ends. Then every block must have come back: the last line is what is still in use and
 * committed after giving all back.
 *
 * <p>Commands, a line each: {@code pause}, {@code resume}, {@code rate MILLIS} answers with
 * operations per second and per second of processor time, anything else with the path that is live.
 */
public final class Loaded {

  private static final int THREADS = 4;
  private static final int SLOTS = 256;
  private static final int EXCHANGE_EVERY = 16;
  private static final int MAX_BYTES = 1040;
  private static final int BATCH = 1024;

  private static final AtomicReferenceArray<@Nullable Block> EXCHANGE =
      new AtomicReferenceArray<>(SLOTS);
  private static final AtomicReference<@Nullable Throwable> FAILURE = new AtomicReference<>();
  private static final OperatingSystemMXBean JVM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static volatile boolean paused;
  private static volatile boolean stopped;

  private record Block(long address, int size, long cookie) {

    void write() {
      RawMemory.putLong(address, cookie);
      RawMemory.putLong(address + last(), ~cookie);
    }

    void verifyAndFree() {
      if (RawMemory.getLong(address) != cookie || RawMemory.getLong(address + last()) != ~cookie) {
        throw new IllegalStateException(this + " is damaged");
      }
      Hakmem.free(address);
    }

    private int last() {
      return (size - Long.BYTES) & -Long.BYTES;
    }
  }

  private Loaded() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    // Only an allocator that has started has a path that can be swapped.
    Hakmem.free(Hakmem.allocate(1));
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      workers.add(new Worker(i));
    }
    workers.forEach(Thread::start);
    System.out.println("running");
    answer(workers);
    stopped = true;
    for (Worker worker : workers) {
      worker.join();
    }
    Throwable failure = FAILURE.get();
    if (failure != null) {
      failure.printStackTrace();
      System.exit(1);
    }
    for (int i = 0; i < SLOTS; i++) {
      Block block = EXCHANGE.get(i);
      if (block != null) {
        block.verifyAndFree();
      }
    }
    report();
  }

  private static void answer(List<Worker> workers) throws IOException, InterruptedException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("rate ")) {
        System.out.println(rate(workers, Long.parseLong(line.substring("rate ".length()))));
      } else if (line.equals("pause") || line.equals("resume")) {
        paused = line.equals("pause");
        System.out.println("ok");
      } else {
        System.out.println(Hakmem.freePath());
      }
    }
  }

  /** Operations per second, and per second of processor time that this JVM got. */
  private static String rate(List<Worker> workers, long millis) throws InterruptedException {
    long before = operations(workers);
    long start = System.nanoTime();
    long cpu = JVM.getProcessCpuTime();
    Thread.sleep(millis);
    double operations = operations(workers) - before;
    long wall = System.nanoTime() - start;
    return "%.0f %.0f"
        .formatted(operations * 1e9 / wall, operations * 1e9 / (JVM.getProcessCpuTime() - cpu));
  }

  private static long operations(List<Worker> workers) {
    return workers.stream().mapToLong(worker -> worker.operations).sum();
  }

  /** A block that some swap lost would keep its slab from going back. */
  private static void report() {
    Hakmem.trim();
    AllocatorStatistics s = Hakmem.statistics();
    long allocations = s.classes().stream().mapToLong(c -> c.allocations()).sum();
    System.out.println(
        "in use %d cached %d committed %d after %s allocations"
            .formatted(
                s.inUse(), s.cached(), s.committed(), allocations > 100_000 ? "many" : "few"));
  }

  /**
   * One loop that never ends, so that a swap invalidates each of its methods once: the JVM stops
   * optimising a method after 400 times, and a loop that is called often counts twice.
   */
  private static final class Worker extends Thread {

    private final SplittableRandom random;
    private final @Nullable Block[] slots = new @Nullable Block[SLOTS];
    private volatile long operations;

    Worker(int number) {
      super("worker-" + number);
      random = new SplittableRandom(number);
    }

    @Override
    public void run() {
      try {
        for (long done = 0; !stopped && FAILURE.get() == null; done++) {
          if (done % BATCH == 0) {
            operations = done;
            while (paused && !stopped) {
              LockSupport.parkNanos(1_000_000);
            }
          }
          operate(done);
        }
        for (Block block : slots) {
          if (block != null) {
            block.verifyAndFree();
          }
        }
      } catch (Throwable e) {
        FAILURE.compareAndSet(null, e);
      }
    }

    private void operate(long number) {
      int slot = random.nextInt(SLOTS);
      Block block = slots[slot];
      if (number % EXCHANGE_EVERY == 0) {
        slots[slot] = EXCHANGE.getAndSet(slot, block);
      } else if (block == null) {
        slots[slot] = allocate();
      } else {
        slots[slot] = null;
        block.verifyAndFree();
      }
    }

    private Block allocate() {
      int size = 2 * Long.BYTES + random.nextInt(MAX_BYTES);
      Block block = new Block(Hakmem.allocate(size), size, random.nextLong());
      block.write();
      return block;
    }
  }
}
