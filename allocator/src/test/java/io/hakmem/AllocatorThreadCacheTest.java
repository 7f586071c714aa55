package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.AllocatorOptions;
import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The handle: the same blocks and the same numbers as without it, on one thread. */
class AllocatorThreadCacheTest {

  private final Allocator allocator = new Allocator(AllocatorOptions.defaults());

  @AfterEach
  void close() {
    allocator.close();
  }

  @Test
  void blocksGoInAndOutEitherWay() {
    ThreadCache cache = allocator.threadCache();
    Random random = new Random(4711);
    long[] blocks = new long[200];
    int[] sizes = new int[blocks.length];
    for (int i = 0; i < 200_000; i++) {
      int slot = random.nextInt(blocks.length);
      if (blocks[slot] == 0) {
        sizes[slot] = random.nextInt(100) == 0 ? random.nextInt(300_000) : random.nextInt(2000);
        blocks[slot] =
            random.nextBoolean() ? cache.allocate(sizes[slot]) : allocator.allocate(sizes[slot]);
        assertTrue(allocator.usableSize(blocks[slot]) >= sizes[slot]);
        RawMemory.fill(blocks[slot], sizes[slot], (byte) slot);
      } else {
        if (sizes[slot] > 0) {
          assertEquals((byte) slot, RawMemory.getByte(blocks[slot]));
          assertEquals((byte) slot, RawMemory.getByte(blocks[slot] + sizes[slot] - 1));
        }
        if (random.nextBoolean()) {
          cache.free(blocks[slot]);
        } else {
          allocator.free(blocks[slot]);
        }
        blocks[slot] = 0;
      }
    }
    for (long block : blocks) {
      cache.free(block);
    }
    assertEquals(0, allocator.statistics().inUse());
    assertEquals(1, allocator.statistics().threads().size());
  }

  @Test
  void anyKindOfBlockCanBeFreed() {
    ThreadCache cache = allocator.threadCache();
    cache.free(0);
    cache.free(allocator.allocateAligned(100, 4096));
    cache.free(cache.allocate(200_000));
    cache.free(cache.allocate(5 << 20));
    assertEquals(0, allocator.statistics().inUse());
    assertThrows(IllegalArgumentException.class, () -> cache.allocate(-1));
    assertThrows(InvalidFreeException.class, () -> cache.free(-16));
  }

  @Test
  void flushingEmptiesIt() {
    ThreadCache cache = allocator.threadCache();
    cache.free(cache.allocate(100));
    assertTrue(allocator.statistics().threadCached() > 0);
    cache.flush();
    assertEquals(0, allocator.statistics().threadCached());
    assertTrue(allocator.statistics().centralCached() > 0);
  }

  @Test
  void virtualThreadsAreRefused() throws InterruptedException {
    StringBuilder message = new StringBuilder();
    Thread.ofVirtual()
        .start(
            () ->
                message.append(
                    assertThrows(IllegalStateException.class, Hakmem::threadCache).getMessage()))
        .join();
    assertTrue(message.toString().contains("virtual thread"), message::toString);
  }

  @Test
  void assertionsRefuseOtherThreads() throws InterruptedException {
    ThreadCache cache = allocator.threadCache();
    long block = cache.allocate(100);
    List<Throwable> thrown = new ArrayList<>();
    Thread thread =
        new Thread(
            () -> {
              thrown.add(assertThrows(AssertionError.class, () -> cache.allocate(100)));
              thrown.add(assertThrows(AssertionError.class, () -> cache.free(block)));
              thrown.add(assertThrows(IllegalStateException.class, cache::flush));
            });
    thread.start();
    thread.join();
    assertEquals(3, thrown.size());
    cache.free(block);
    assertEquals(0, allocator.statistics().inUse());
  }

  /** Ids of the thread and of the owner of its place differ by a multiple of the table's length. */
  @Test
  void aThreadWhosePlaceIsTakenGetsAnother() throws InterruptedException {
    ThreadCache mine = allocator.threadCache();
    long places = allocator.heap().caches().indexMask() + 1;
    long myId = Thread.currentThread().threadId();
    AtomicReference<Object> done = new AtomicReference<>("no thread had the id");
    while (true) {
      Thread thread =
          new Thread(
              () -> {
                ThreadCache cache = allocator.threadCache();
                long block = cache.allocate(100);
                assertEquals(2, allocator.statistics().threads().size());
                allocator.threadCache().free(block);
                cache.flush();
                assertEquals(2, allocator.statistics().threads().size());
                done.set("done");
              });
      if (thread.threadId() % places == myId % places) {
        thread.start();
        thread.join();
        break;
      }
    }
    assertEquals("done", done.get());
    mine.free(mine.allocate(100));
    allocator.trim();
    assertEquals(1, allocator.statistics().threads().size());
    assertEquals(0, allocator.statistics().inUse());
  }

  @Test
  void theProcessHasThemToo() {
    ThreadCache cache = Hakmem.threadCache();
    Hakmem.free(cache.allocate(SizeClasses.MAX_CLASS_BYTES));
    cache.free(Hakmem.allocate(SizeClasses.MAX_TINY_BYTES));
  }
}
