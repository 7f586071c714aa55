package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Cookie;
import io.hakmem.Hakmem;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class VirtualThreadsTest {

  private static final int THREADS = 10_000;
  private static final int BLOCKS = 12;

  private static int size(int thread, int block) {
    return (thread * 31 + block * 89) % 1100;
  }

  /** Holds blocks over two yields, so that others run on the same carrier meanwhile. */
  @SuppressWarnings("ThreadPriorityCheck") // a yield unmounts the virtual thread: that is the point
  private static void allocateYieldFree(int thread) {
    long[] blocks = new long[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = Hakmem.allocate(size(thread, i));
      Cookie.write(blocks[i], size(thread, i), thread * 100L + i);
      if (i == BLOCKS / 2) {
        Thread.yield();
      }
    }
    Thread.yield();
    for (int i = 0; i < BLOCKS; i++) {
      Cookie.verify(blocks[i], size(thread, i), thread * 100L + i);
      Hakmem.free(blocks[i]);
    }
  }

  @Test
  void tenThousandAtOnceKeepContentsAndCounts() throws Exception {
    Balance balance = Balance.now();
    int caches = Internals.registry().caches();
    List<Tasks.Task> tasks = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      int thread = i;
      tasks.add(() -> allocateYieldFree(thread));
    }
    Tasks.together(Thread.ofVirtual().factory(), tasks);
    balance.assertAllReturned();
    assertTrue(balance.allPops() > (long) THREADS * (BLOCKS - 1), "pops " + balance.allPops());
    assertTrue(Internals.registry().caches() <= caches, "a virtual thread got a cache of its own");
  }

  @Test
  void ownNoPlaceOfTheTable() throws Exception {
    long[] cache = {-1};
    Tasks.together(
        Thread.ofVirtual().factory(),
        List.of(
            () -> {
              Hakmem.free(Hakmem.allocate(100));
              cache[0] = Internals.caches().current();
            }));
    assertEquals(0, cache[0]);
  }

  /** Platform and virtual threads free each other's blocks. */
  @Test
  void shareBlocksWithPlatformThreads() throws Exception {
    Balance balance = Balance.now();
    long[] blocks = new long[2000];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Hakmem.allocate(613);
      Cookie.write(blocks[i], 613, i);
    }
    List<Tasks.Task> tasks = new ArrayList<>();
    for (int t = 0; t < 10; t++) {
      int from = t * 200;
      tasks.add(
          () -> {
            for (int i = from; i < from + 200; i++) {
              Cookie.verify(blocks[i], 613, i);
              Hakmem.free(blocks[i]);
              blocks[i] = Hakmem.allocate(613);
              Cookie.write(blocks[i], 613, -i);
            }
          });
    }
    Tasks.together(Thread.ofVirtual().factory(), tasks);
    for (int i = 0; i < blocks.length; i++) {
      Cookie.verify(blocks[i], 613, -i);
      Hakmem.free(blocks[i]);
    }
    balance.assertAllReturned();
  }
}
