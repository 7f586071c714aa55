package io.hakmem.misuse;

import io.hakmem.Allocator;
import io.hakmem.Hakmem;
import io.hakmem.config.AllocatorOptions;
import io.hakmem.memory.RawMemory;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Programs whose stream behind {@code System.err} uses the allocator itself, and waits for other
 * threads that do: a report that is made while a lock is held hangs. Prints a line for each.
 */
public final class Handlers {

  private static final int SECONDS = 20;

  private static final AtomicInteger REPORTS = new AtomicInteger();
  private static final List<String> FAILURES = new ArrayList<>();

  private Handlers() {}

  /** Gets the lines about misuse. */
  private static final class Handler extends PrintStream {
    Handler() {
      super(OutputStream.nullOutputStream(), true);
    }

    @Override
    public void println(String line) {
      if (line.startsWith("hakmem: invalid free")) {
        use();
        inOthers(Thread.ofPlatform());
        inOthers(Thread.ofVirtual());
        REPORTS.incrementAndGet();
      } else {
        fail(line);
      }
    }
  }

  private static void fail(String what) {
    synchronized (FAILURES) {
      FAILURES.add(what);
    }
  }

  private static void use() {
    for (int size : new int[] {100, 1_000, 20_000, 500_000}) {
      long[] blocks = new long[size > 10_000 ? 20 : 300];
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = Hakmem.allocate(size);
      }
      for (long block : blocks) {
        Hakmem.free(block);
      }
    }
    Hakmem.flushThreadCache();
    Hakmem.trim();
    Hakmem.liveBlocks();
  }

  private static void inOthers(Thread.Builder builder) {
    CountDownLatch done = new CountDownLatch(2);
    for (int i = 0; i < 2; i++) {
      builder.start(
          () -> {
            use();
            done.countDown();
          });
    }
    try {
      if (!done.await(SECONDS, TimeUnit.SECONDS)) {
        fail("another thread waits for a lock");
      }
    } catch (InterruptedException e) {
      fail("interrupted");
    }
  }

  private static void doubleFree() {
    long block = Hakmem.allocate(100);
    Hakmem.free(block);
    Hakmem.free(block);
  }

  private static void doubleFreeInVirtualThread() throws Exception {
    Thread.ofVirtual().start(Handlers::doubleFree).join();
  }

  /** Found in a cache that virtual threads share, under its lock. */
  private static void overrunInVirtualThread() throws Exception {
    Thread.ofVirtual()
        .start(
            () -> {
              long block = Hakmem.allocate(100);
              RawMemory.putByte(block + 100, (byte) 1);
              Hakmem.free(block);
            })
        .join();
  }

  private static void overrunOfSpan() {
    long block = Hakmem.allocate(500_000);
    RawMemory.putByte(block + 500_000, (byte) 1);
    Hakmem.free(block);
  }

  private static void writeAfterFree() {
    long block = Hakmem.allocate(1_000);
    Hakmem.free(block);
    RawMemory.putByte(block + 100, (byte) 1);
    Hakmem.allocate(1_000);
  }

  /** Found by the sweep: nobody allocates. */
  private static void writeBeforeSweep() {
    long block = Hakmem.allocate(3_000);
    Hakmem.free(block);
    RawMemory.putByte(block + 100, (byte) 1);
  }

  /** Found by the last look, which whoever trims has under three locks. */
  private static void writeBeforeTrim() {
    long block = Hakmem.allocate(30_000);
    Hakmem.free(block);
    RawMemory.putByte(block + 100, (byte) 1);
    Hakmem.flushThreadCache();
    Hakmem.trim();
  }

  /** Found when the span that was held goes back. */
  private static void writeToSpanBeforeTrim() {
    long block = Hakmem.allocate(500_000);
    Hakmem.free(block);
    RawMemory.putByte(block + 100, (byte) 1);
    Hakmem.trim();
  }

  private static void writeBeforeClose() {
    try (Allocator own = new Allocator(AllocatorOptions.defaults())) {
      long block = own.allocate(30_000);
      own.free(block);
      RawMemory.putByte(block + 100, (byte) 1);
    }
  }

  /** Found by the thread that gives memory back. */
  private static void writeBeforeDecay() {
    long[] blocks = new long[50];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Hakmem.allocate(20_000);
    }
    for (long block : blocks) {
      Hakmem.free(block);
    }
    RawMemory.putByte(blocks[10] + 100, (byte) 1);
    Hakmem.flushThreadCache();
  }

  /** Runs all; each has to be reported once. */
  public static void main(String[] arguments) throws Exception {
    System.setErr(new Handler());
    run("double free", Handlers::doubleFree);
    run("double free in a virtual thread", Handlers::doubleFreeInVirtualThread);
    run("overrun in a virtual thread", Handlers::overrunInVirtualThread);
    run("overrun of a span", Handlers::overrunOfSpan);
    run("write after free", Handlers::writeAfterFree);
    run("write before a sweep", Handlers::writeBeforeSweep);
    run("write before trim", Handlers::writeBeforeTrim);
    run("write to a span before trim", Handlers::writeToSpanBeforeTrim);
    run("write before close", Handlers::writeBeforeClose);
    run("write before decay", Handlers::writeBeforeDecay);
  }

  private static void run(String name, Misuses.Program program) throws Exception {
    int before = REPORTS.get();
    // Not more lines a second than are printed.
    Thread.sleep(250);
    program.run();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (REPORTS.get() == before && System.nanoTime() < end) {
      Thread.sleep(5);
    }
    synchronized (FAILURES) {
      System.out.println(name + ": " + (REPORTS.get() - before) + " reported " + FAILURES);
      FAILURES.clear();
    }
  }
}
