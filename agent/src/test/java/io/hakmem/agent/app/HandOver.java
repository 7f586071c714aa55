package io.hakmem.agent.app;

import io.hakmem.AllocatorStatistics;
import io.hakmem.Hakmem;
import io.hakmem.memory.RawMemory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Four threads allocate and write blocks, verify and free those of their neighbour, until the input
 * ends. Then every block must have come back: the last line is what is still in use and committed
 * after giving all back.
 */
public final class HandOver {

  private static final int THREADS = 4;
  private static final int HELD = 300;
  private static final int MAX_BYTES = 3000;

  private static final AtomicReference<Throwable> FAILURE = new AtomicReference<>();
  private static volatile boolean stopped;

  private record Block(long address, int size, long cookie) {}

  private HandOver() {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    List<BlockingQueue<Block>> queues = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      queues.add(new ArrayBlockingQueue<>(HELD));
    }
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      BlockingQueue<Block> out = queues.get(i);
      BlockingQueue<Block> in = queues.get((i + 1) % THREADS);
      SplittableRandom random = new SplittableRandom(i);
      threads.add(Thread.ofPlatform().start(() -> run(out, in, random)));
    }
    // Only an allocator that has started has a path that can be swapped.
    Hakmem.free(Hakmem.allocate(1));
    System.out.println("running");
    while (System.in.read() >= 0) {
      System.out.println(Hakmem.freePath());
    }
    stopped = true;
    for (Thread thread : threads) {
      thread.join();
    }
    for (BlockingQueue<Block> queue : queues) {
      queue.forEach(HandOver::verifyAndFree);
    }
    if (FAILURE.get() != null) {
      FAILURE.get().printStackTrace();
      System.exit(1);
    }
    report();
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

  private static void run(
      BlockingQueue<Block> out, BlockingQueue<Block> in, SplittableRandom random) {
    try {
      while (!stopped && FAILURE.get() == null) {
        for (int i = random.nextInt(2 * HELD); i > 0; i--) {
          Block block = allocate(random);
          if (!out.offer(block)) {
            verifyAndFree(block);
          }
        }
        Block block = in.poll(1, TimeUnit.MILLISECONDS);
        for (int i = random.nextInt(2 * HELD); i > 0 && block != null; i--) {
          verifyAndFree(block);
          block = in.poll();
        }
        if (block != null) {
          verifyAndFree(block);
        }
      }
    } catch (Throwable e) {
      FAILURE.compareAndSet(null, e);
    }
  }

  private static Block allocate(SplittableRandom random) {
    int size = Long.BYTES + random.nextInt(MAX_BYTES);
    Block block = new Block(Hakmem.allocate(size), size, random.nextLong());
    for (int offset = 0; offset + Long.BYTES <= size; offset += Long.BYTES) {
      RawMemory.putLong(block.address() + offset, block.cookie() + offset);
    }
    return block;
  }

  private static void verifyAndFree(Block block) {
    for (int offset = 0; offset + Long.BYTES <= block.size(); offset += Long.BYTES) {
      if (RawMemory.getLong(block.address() + offset) != block.cookie() + offset) {
        throw new IllegalStateException(block + " is damaged at offset " + offset);
      }
    }
    Hakmem.free(block.address());
  }
}
