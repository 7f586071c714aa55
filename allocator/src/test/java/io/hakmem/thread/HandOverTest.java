package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Cookie;
import io.hakmem.Hakmem;
import io.hakmem.config.SizeClasses;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/** Blocks that another thread than their allocator's verifies and frees. */
class HandOverTest {

  private static final int THREADS = 4;
  private static final int BLOCKS_PER_THREAD = 150_000;
  private static final int BATCH = 512;

  /** More than all indices of a class can hold. */
  private static final int MANY = 40_000;

  private record Block(long address, int size, long cookie) {}

  /** Each thread allocates for the next one and frees what the one before hands it. */
  @Test
  void aRingOfThreadsKeepsContentsAndCounts() throws Exception {
    long seed = System.nanoTime();
    Balance balance = Balance.now();
    List<Queue<Block>> queues = new ArrayList<>();
    List<Tasks.Task> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      queues.add(new ConcurrentLinkedQueue<>());
    }
    for (int i = 0; i < THREADS; i++) {
      Queue<Block> out = queues.get(i);
      Queue<Block> in = queues.get((i + 1) % THREADS);
      SplittableRandom random = new SplittableRandom(seed + i);
      tasks.add(() -> produceAndConsume(out, in, random));
    }
    try {
      Tasks.together(tasks);
      balance.assertAllReturned();
    } catch (AssertionError e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  /** Its spills know where their blocks lie; others take them whole, in parts, and after decay. */
  @Test
  void aThreadThatOnlyFreesHandsHalvesOver() throws Exception {
    for (int size : new int[] {5, 100, 1000}) {
      int sizeClass = SizeClasses.of(size);
      Balance balance = Balance.now();
      for (int round = 0; round < 3; round++) {
        long[] blocks = new long[MANY];
        Tasks.onFreshThread(() -> allocateAll(blocks, size));
        Tasks.onFreshThread(() -> freeAll(blocks, size, sizeClass));
        if (round == 1) {
          Hakmem.trim();
        }
      }
      balance.assertAllReturned();
    }
  }

  private static void allocateAll(long[] blocks, int size) {
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Hakmem.allocate(size);
      Cookie.write(blocks[i], size, i);
    }
    CacheInvariants.check(Internals.caches().current());
  }

  private static void freeAll(long[] blocks, int size, int sizeClass) {
    for (int i = 0; i < blocks.length; i++) {
      Cookie.verify(blocks[i], size, i);
      Hakmem.free(blocks[i]);
      if (i % 1000 == 0) {
        CacheInvariants.check(Internals.caches().current());
      }
    }
    ClassCounters counters = Balance.ofThisThread(sizeClass);
    assertTrue(counters.rejections() > 3, counters::toString);
    assertEquals(blocks.length - counters.cached(), counters.spilled(), counters::toString);
  }

  private static void produceAndConsume(
      Queue<Block> out, Queue<Block> in, SplittableRandom random) {
    int produced = 0;
    int consumed = 0;
    while (produced < BLOCKS_PER_THREAD || consumed < BLOCKS_PER_THREAD) {
      for (int i = 0; i < BATCH && produced < BLOCKS_PER_THREAD; i++) {
        out.add(allocate(random));
        produced++;
      }
      Block block = in.poll();
      if (block == null && Thread.interrupted()) {
        throw new AssertionError("another thread failed");
      }
      for (; block != null; block = in.poll()) {
        Cookie.verify(block.address(), block.size(), block.cookie());
        Hakmem.free(block.address());
        consumed++;
      }
    }
    CacheInvariants.check(Internals.caches().current());
  }

  private static Block allocate(SplittableRandom random) {
    int size = random.nextInt(700) == 0 ? 100_003 : random.nextInt(600);
    Block block = new Block(Hakmem.allocate(size), size, random.nextLong());
    Cookie.write(block.address(), size, block.cookie());
    return block;
  }
}
