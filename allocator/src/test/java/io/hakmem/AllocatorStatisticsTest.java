package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.AllocatorOptions;
import io.hakmem.config.SizeClasses;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The snapshot is exact when all is quiet. */
class AllocatorStatisticsTest {

  private final Allocator allocator =
      new Allocator(AllocatorOptions.defaults().withLimit(1L << 30).withDecayMillis(-1));

  @AfterEach
  void close() {
    allocator.close();
  }

  private AllocatorStatistics checked() {
    AllocatorStatistics s = allocator.statistics();
    long ofClasses = s.classes().stream().mapToLong(c -> c.inUse() * c.stride()).sum();
    assertEquals(ofClasses + s.largeBytes(), s.inUse());
    assertEquals(s.threadCached() + s.sharedCached() + s.centralCached(), s.cached());
    long cached = s.classes().stream().mapToLong(c -> c.cached() * c.stride()).sum();
    assertEquals(cached, s.threadCached() + s.sharedCached());
    long central = s.classes().stream().mapToLong(c -> c.central() * c.stride()).sum();
    assertEquals(central, s.centralCached());
    long ofThreads = s.threads().stream().mapToLong(AllocatorStatistics.OfThread::cached).sum();
    assertEquals(s.threadCached(), ofThreads);
    assertTrue(s.inUse() + s.cached() <= s.committed(), s::toString);
    assertTrue(s.committed() <= s.reserved() && s.reserved() <= s.limit(), s::toString);
    assertTrue(s.committed() <= s.peak(), s::toString);
    for (AllocatorStatistics.OfClass c : s.classes()) {
      assertEquals(c.allocations() - c.frees(), c.inUse());
      assertEquals(SizeClasses.stride(c.sizeClass()), c.stride());
    }
    return s;
  }

  @Test
  void anUnusedAllocatorHasNothing() {
    AllocatorStatistics s = checked();
    assertEquals(0, s.reserved());
    assertEquals(0, s.inUse());
    assertEquals(0, s.cached());
    assertEquals(0, s.threads().size());
    assertEquals(1L << 30, s.limit());
    assertEquals(SizeClasses.COUNT, s.classes().size());
  }

  @Test
  void everyBlockIsCountedWhereItIs() {
    long[] blocks = new long[37];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = allocator.allocate(200);
    }
    long large = allocator.allocate(3_000_000);
    long span = allocator.allocate(200_000);
    int sizeClass = SizeClasses.ofTiny(200);
    AllocatorStatistics s = checked();
    assertEquals(37, s.classes().get(sizeClass).inUse());
    assertEquals(37, s.classes().get(sizeClass).allocations());
    assertEquals(2, s.largeBlocks());
    assertTrue(s.largeBytes() >= 3_200_000 && s.largeBytes() < 3_300_000, s::toString);

    for (long block : blocks) {
      allocator.free(block);
    }
    allocator.free(large);
    allocator.free(span);
    s = checked();
    assertEquals(0, s.inUse());
    assertEquals(37, s.classes().get(sizeClass).frees());
    assertEquals(0, s.largeBlocks());
    assertEquals(2, s.routedFrees());
    assertTrue(s.peak() > 3_200_000);
    assertTrue(s.threadCached() > 0);
    assertEquals(0, s.centralCached());

    allocator.flushThreadCache();
    s = checked();
    assertEquals(0, s.threadCached());
    assertTrue(s.centralCached() >= 37 * 208);
    allocator.trim();
    assertEquals(0, checked().committed());
    assertEquals(0, checked().reserved());
  }

  @Test
  void randomUseOnManyThreadsAddsUp() throws InterruptedException {
    Thread[] threads = new Thread[6];
    long[][] left = new long[threads.length][50];
    for (int t = 0; t < threads.length; t++) {
      long[] mine = left[t];
      int seed = 31 * t + 1;
      Runnable work = () -> use(mine, new Random(seed));
      threads[t] = t % 2 == 0 ? new Thread(work) : Thread.ofVirtual().unstarted(work);
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    AllocatorStatistics s = checked();
    assertTrue(s.inUse() > 0);
    assertTrue(s.sharedCached() > 0);
    for (long[] blocks : left) {
      for (long block : blocks) {
        allocator.free(block);
      }
    }
    assertEquals(0, checked().inUse());
  }

  private void use(long[] blocks, Random random) {
    for (int i = 0; i < 20_000; i++) {
      int slot = random.nextInt(blocks.length);
      if (blocks[slot] != 0 && random.nextBoolean()) {
        allocator.free(blocks[slot]);
        blocks[slot] = 0;
      } else if (blocks[slot] == 0) {
        blocks[slot] = allocator.allocate(random.nextInt(random.nextInt(50) == 0 ? 200_000 : 900));
      }
    }
  }

  @Test
  void threadsAreNamed() {
    allocator.free(allocator.allocate(10));
    AllocatorStatistics.OfThread thread = checked().threads().get(0);
    assertEquals(Thread.currentThread().threadId(), thread.id());
    assertEquals(Thread.currentThread().getName(), thread.name());
    assertEquals(2, thread.operations());
  }

  @Test
  void theTableFits() {
    long mine = allocator.allocate(200);
    String text = checked().toString();
    assertTrue(text.contains("C" + SizeClasses.ofTiny(200) + " "), text);
    assertFalse(text.contains("C" + SizeClasses.ofTiny(1000) + " "), text);
    assertTrue(text.contains(Thread.currentThread().getName()), text);
    assertTrue(text.contains("1,073,741,824"), text);
    assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
    allocator.free(mine);
    String large =
        new AllocatorStatistics(
                1L << 46,
                1L << 46,
                1L << 46,
                1L << 46,
                1L << 46,
                1L << 44,
                1L << 44,
                1L << 44,
                1L << 44,
                1L << 30,
                1L << 40,
                1L << 40,
                java.util.List.of(
                    new AllocatorStatistics.OfClass(
                        31, 99392, 1L << 46, 1L << 46, 1L << 36, 1L << 33, 1L << 33, 1L << 33,
                        1L << 33)),
                java.util.List.of(
                    new AllocatorStatistics.OfThread(
                        1L << 30, "a".repeat(200), 1L << 44, 1L << 60)))
            .toString();
    assertTrue(large.lines().allMatch(line -> line.length() <= 100), large);
  }

  @Test
  void theProcessHasThemToo() {
    long block = Hakmem.allocate(100);
    assertTrue(Hakmem.statistics().inUse() > 0);
    assertTrue(Hakmem.statistics().toString().contains("limit"));
    Hakmem.free(block);
  }
}
