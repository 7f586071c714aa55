package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Cookie;
import io.hakmem.Hakmem;
import io.hakmem.Sizes;
import io.hakmem.config.BlockLayout;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What dead threads leave behind is used again. */
class ShortLivedThreadsTest {

  private static final int THREADS = 2000;
  private static final int BLOCKS = 100;
  private static final int SIZE = 1009;

  private static void useAndFree(int seed) {
    long[] blocks = new long[BLOCKS];
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = Hakmem.allocate(SIZE);
      Cookie.write(blocks[i], SIZE, seed + i);
    }
    for (int i = 0; i < BLOCKS; i++) {
      Cookie.verify(blocks[i], SIZE, seed + i);
      Hakmem.free(blocks[i]);
    }
  }

  @Test
  void cachesAndMemoryDoNotPileUp() throws Exception {
    Balance balance = Balance.now();
    for (int i = 0; i < THREADS / 10; i++) {
      int seed = i;
      Tasks.onFreshThread(() -> useAndFree(seed));
    }
    int caches = Internals.registry().caches();
    long bytes = Internals.footprint().reservedBytes();
    for (int i = 0; i < THREADS; i++) {
      int seed = i;
      Tasks.onFreshThread(() -> useAndFree(seed));
    }
    balance.assertAllReturned();
    assertTrue(Internals.registry().caches() <= caches + 3, "caches of dead threads pile up");
    long grown = Internals.footprint().reservedBytes() - bytes;
    assertTrue(grown <= BlockLayout.SEGMENT_BYTES, grown + " bytes more");
  }

  @Test
  void countersOfDeadThreadsAreKept() throws Exception {
    int sizeClass = Sizes.classOf(SIZE);
    Balance balance = Balance.now();
    for (int i = 0; i < 50; i++) {
      int seed = i;
      Tasks.onFreshThread(() -> useAndFree(seed));
    }
    assertEquals(50L * BLOCKS, balance.pops(sizeClass));
    balance.assertAllReturned();
  }

  /** More threads at once than the sweep looks at, all of them dead when the next ones come. */
  @Test
  void wavesOfThreadsAreSweptToo() throws Exception {
    Balance balance = Balance.now();
    int most = 0;
    for (int wave = 0; wave < 20; wave++) {
      List<Tasks.Task> tasks = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        int seed = 100 * wave + i;
        tasks.add(() -> useAndFree(seed));
      }
      Tasks.together(tasks);
      most = Math.max(most, Internals.registry().caches());
    }
    balance.assertAllReturned();
    assertTrue(most <= 3 * 50, most + " caches at once for 50 threads at once");
  }

  @Test
  void blocksOfADeadThreadCanBeFreed() throws Exception {
    Balance balance = Balance.now();
    long[] blocks = new long[500];
    Tasks.onFreshThread(
        () -> {
          for (int i = 0; i < blocks.length; i++) {
            blocks[i] = Hakmem.allocate(i);
            Cookie.write(blocks[i], i, i);
          }
        });
    for (int i = 0; i < 10; i++) {
      Tasks.onFreshThread(() -> useAndFree(7));
    }
    for (int i = 0; i < blocks.length; i++) {
      Cookie.verify(blocks[i], i, i);
      Hakmem.free(blocks[i]);
    }
    balance.assertAllReturned();
  }
}
