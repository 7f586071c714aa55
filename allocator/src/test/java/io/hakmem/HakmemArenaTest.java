package io.hakmem;

import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.AllocatorOptions;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the arenas do with the memory of their allocator. */
class HakmemArenaTest {

  private final Allocator allocator = new Allocator(AllocatorOptions.defaults());

  @AfterEach
  void close() {
    allocator.close();
  }

  @Test
  void closingGivesEveryBlockBack() {
    for (int count : new int[] {0, 1, 2, 3, 100}) {
      try (Arena arena = HakmemArena.ofConfined(allocator)) {
        allocateAll(arena, count);
        assertTrue(allocator.statistics().inUse() >= 64L * count);
      }
      assertEquals(0, allocator.statistics().inUse());
      try (Arena arena = HakmemArena.ofShared(allocator)) {
        allocateAll(arena, count);
      }
      assertEquals(0, allocator.statistics().inUse());
      assertEquals(0, allocator.statistics().largeBlocks());
    }
  }

  private static void allocateAll(Arena arena, int count) {
    for (int i = 0; i < count; i++) {
      arena.allocate(64 + i);
      arena.allocate(64 + i, 4096);
      arena.allocate(100_000);
    }
  }

  @Test
  void aRefusedAllocationLeaksNothing() {
    try (Allocator small =
        new Allocator(AllocatorOptions.defaults().withLimit(8 << 20).withDecayMillis(-1))) {
      try (Arena arena = HakmemArena.ofShared(small)) {
        assertThrows(OutOfMemoryError.class, () -> arena.allocate(16 << 20));
        assertThrows(OutOfMemoryError.class, () -> arena.allocate(8, 16 << 20));
        arena.allocate(8);
      }
      assertEquals(0, small.statistics().inUse());
    }
  }

  @Test
  void memoryOfAClosedAllocatorCanNotBeAllocated() {
    Arena confined = HakmemArena.ofConfined(allocator);
    Arena shared = HakmemArena.ofShared(allocator);
    allocator.close();
    assertThrows(IllegalStateException.class, () -> confined.allocate(8));
    assertThrows(IllegalStateException.class, () -> shared.allocate(8));
    confined.close();
    shared.close();
  }

  /** Threads allocate from one arena after another while another thread closes them. */
  @Test
  void closingASharedArenaRacesWithAllocating() throws InterruptedException, ExecutionException {
    AtomicLong written = new AtomicLong();
    for (int round = 0; round < 50; round++) {
      Arena arena = HakmemArena.ofShared(allocator);
      try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
        List<Future<?>> results = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          results.add(threads.submit(() -> written.addAndGet(allocateUntilClosed(arena))));
        }
        for (int i = 0; i < 20 * round; i++) {
          arena.allocate(24);
        }
        arena.close();
        for (Future<?> result : results) {
          result.get();
        }
      }
    }
    assertTrue(written.get() > 0);
    assertEquals(0, allocator.statistics().inUse());
  }

  private static long allocateUntilClosed(Arena arena) {
    long count = 0;
    try {
      while (true) {
        MemorySegment segment = arena.allocate(40);
        assertEquals(0, segment.get(JAVA_LONG, 32));
        segment.fill((byte) -1);
        count++;
      }
    } catch (IllegalStateException closed) {
      return count;
    }
  }
}
