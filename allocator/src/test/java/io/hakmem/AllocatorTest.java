package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.AllocatorOptions;
import io.hakmem.memory.RawMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Instances: apart from each other, closable, and safe to touch when closed. */
class AllocatorTest {

  private static Allocator open() {
    return new Allocator(AllocatorOptions.defaults());
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 64, 1087, 1088, 50_000, 99_391, 99_392, 1 << 20, 3 << 20})
  void allOperationsWorkAsOnes(long size) {
    try (Allocator allocator = open()) {
      long block = allocator.allocate(size);
      assertEquals(0, block % 16);
      assertTrue(allocator.usableSize(block) >= size);
      RawMemory.fill(block, size, (byte) 7);
      long larger = allocator.reallocate(block, 2 * size + 1);
      for (long i = 0; i < size; i += 997) {
        assertEquals(7, RawMemory.getByte(larger + i));
      }
      allocator.free(larger, 2 * size + 1);

      long zeroed = allocator.allocateZeroed(size);
      assertEquals(
          -1,
          RawMemory.segment(zeroed, size).mismatch(MemorySegment.ofArray(new byte[(int) size])));
      long aligned = allocator.allocateAligned(size, 4096);
      assertEquals(0, aligned % 4096);
      allocator.free(zeroed, size);
      allocator.free(aligned, size);
      allocator.free(0);
      MemorySegment segment = allocator.allocateSegment(size);
      assertEquals(size, segment.byteSize());
      allocator.free(segment);
      assertEquals(0, allocator.statistics().inUse());
    }
  }

  @Test
  void instancesAreApart() {
    try (Allocator one = open();
        Allocator other = open()) {
      long block = one.allocate(100);
      assertTrue(one.statistics().inUse() > 0);
      assertEquals(0, other.statistics().inUse());
      assertEquals(0, other.statistics().reserved());
      one.free(block);
      long next = other.allocate(100);
      assertNotEquals(block, next);
      other.free(next);
    }
  }

  @Test
  void optionsAreThoseItWasMadeWith() {
    AllocatorOptions options = AllocatorOptions.defaults().withLimit(16 << 20).withDecayMillis(-1);
    try (Allocator allocator = new Allocator(options)) {
      assertSame(options, allocator.options());
      OutOfMemoryError error =
          assertThrows(OutOfMemoryError.class, () -> allocator.allocate(17 << 20));
      assertTrue(String.valueOf(error.getMessage()).contains("16777216"), error::getMessage);
      allocator.free(allocator.allocate(1 << 20));
    }
    try (Allocator allocator = Allocator.create()) {
      assertEquals(AllocatorOptions.fromSystem(), allocator.options());
    }
  }

  @Test
  void closingGivesAllMemoryBackAlsoOfBlocksInUse() {
    Allocator allocator = open();
    for (int i = 0; i < 1000; i++) {
      allocator.allocate(100L * i);
      allocator.allocateAligned(i, 1024);
    }
    allocator.allocate(10 << 20);
    assertTrue(allocator.heap().footprint().committedBytes() > 50 << 20);
    allocator.close();
    assertEquals(0, allocator.heap().footprint().reservedBytes());
    assertEquals(0, allocator.heap().footprint().committedBytes());
    assertEquals(0, allocator.heap().segments().segments());
    allocator.close();
    assertEquals(0, allocator.heap().footprint().reservedBytes());
  }

  @Test
  void everythingFailsAfterClosing() throws InterruptedException {
    Allocator allocator = open();
    long block = allocator.allocate(64);
    long large = allocator.allocate(2 << 20);
    MemorySegment segment = allocator.allocateSegment(10);
    allocator.free(allocator.allocate(200));
    ThreadCache cache = allocator.threadCache();
    allocator.close();

    List<Executable> uses =
        List.of(
            () -> allocator.allocate(64),
            () -> allocator.allocate(200),
            () -> allocator.allocate(0),
            () -> allocator.allocate(5000),
            () -> allocator.allocate(200_000),
            () -> allocator.allocate(5 << 20),
            () -> allocator.allocateAligned(64, 4096),
            () -> allocator.allocateZeroed(64),
            () -> allocator.allocateSegment(64),
            () -> allocator.allocateBuffer(64),
            () -> allocator.segmentAllocator().allocate(64),
            () -> allocator.reallocate(block, 1000),
            () -> allocator.reallocate(0, 1000),
            () -> allocator.free(block),
            () -> allocator.free(large),
            () -> allocator.free(segment),
            () -> allocator.usableSize(block),
            allocator::trim,
            allocator::flushThreadCache,
            allocator::statistics,
            allocator::threadCache,
            () -> allocator.registerMBean("closed"));
    for (int i = 0; i < uses.size(); i++) {
      assertThrows(IllegalStateException.class, uses.get(i), "use " + i);
    }
    assertThrows(IllegalStateException.class, () -> cache.allocate(200));
    assertThrows(IllegalStateException.class, () -> cache.allocate(5 << 20));
    assertThrows(IllegalStateException.class, cache::flush);

    for (Thread.Builder builder : List.of(Thread.ofPlatform(), Thread.ofVirtual())) {
      List<Object> thrown = new ArrayList<>();
      builder
          .start(
              () -> {
                for (Executable use : uses) {
                  thrown.add(assertThrows(IllegalStateException.class, use));
                }
              })
          .join();
      assertEquals(uses.size(), thrown.size());
    }
    assertEquals(0, allocator.heap().footprint().reservedBytes());
  }

  @Test
  void cachesOfOtherThreadsAreClosedToo() throws Exception {
    Allocator allocator = open();
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    java.util.concurrent.CountDownLatch warm = new java.util.concurrent.CountDownLatch(1);
    java.util.concurrent.CountDownLatch closed = new java.util.concurrent.CountDownLatch(1);
    Thread thread =
        new Thread(
            () -> {
              for (int i = 0; i < 100; i++) {
                allocator.free(allocator.allocate(64));
              }
              warm.countDown();
              try {
                closed.await();
                allocator.allocate(64);
              } catch (InterruptedException | IllegalStateException e) {
                thrown.set(e);
              }
            });
    thread.start();
    warm.await();
    allocator.close();
    closed.countDown();
    thread.join();
    assertTrue(thrown.get() instanceof IllegalStateException, () -> String.valueOf(thrown.get()));
  }

  @Test
  void theDefaultAllocatorIsThatOfTheProcessAndStaysOpen() {
    Allocator allocator = Hakmem.defaultAllocator();
    assertSame(allocator, Hakmem.defaultAllocator());
    assertSame(Hakmem.options(), allocator.options());
    assertThrows(UnsupportedOperationException.class, allocator::close);
    long block = allocator.allocate(100);
    Hakmem.free(block);
    allocator.free(Hakmem.allocate(100));
  }

  @Test
  void cachesStayMappedUntilNobodyKnowsTheAllocator() {
    Allocator allocator = open();
    allocator.free(allocator.allocate(64));
    allocator.close();
    System.gc();
    for (int i = 0; i < 1000; i++) {
      assertThrows(IllegalStateException.class, () -> allocator.allocate(64));
    }
  }

  /** If anything kept them reachable, the memory of their caches would never be released. */
  @Test
  void nothingKeepsAllocatorsThatAreDropped() throws InterruptedException {
    List<WeakReference<Heap>> heaps = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      try (Allocator allocator = open()) {
        RawMemory.putLong(allocator.allocate(64), i);
        allocator.free(allocator.allocate(64));
        heaps.add(new WeakReference<>(allocator.heap()));
      }
    }
    while (heaps.stream().anyMatch(heap -> !heap.refersTo(null))) {
      System.gc();
      Thread.sleep(1);
    }
  }

  @Test
  void sizedFreesAreHeldAgainstTheBlock() {
    long block = Hakmem.allocate(100);
    AssertionError error =
        assertThrows(AssertionError.class, () -> Hakmem.free(block, 5000), "needs -ea");
    assertTrue(String.valueOf(error.getMessage()).contains("not 5000"), error::getMessage);
    assertThrows(AssertionError.class, () -> Hakmem.free(block, -1));
    Hakmem.free(block, 100);
    Hakmem.free(0, 100);
  }

  @Test
  void segmentsForAnybodysCode() {
    SegmentAllocator segments = Hakmem.segmentAllocator();
    MemorySegment text = segments.allocateFrom("a text");
    assertEquals("a text", text.getString(0));
    assertTrue(text.isAccessibleBy(new Thread()));
    assertEquals(7, text.byteSize());
    MemorySegment aligned = segments.allocate(10, 512);
    assertEquals(0, aligned.address() % 512);
    MemorySegment numbers = segments.allocateFrom(ValueLayout.JAVA_LONG, 1, 2, 3);
    assertEquals(3, numbers.getAtIndex(ValueLayout.JAVA_LONG, 2));
    assertThrows(IllegalArgumentException.class, () -> segments.allocate(10, 3));
    Hakmem.free(text);
    Hakmem.free(aligned);
    Hakmem.free(numbers);
  }

  @Test
  void heapSegmentsAreNotFreed() {
    MemorySegment heap = MemorySegment.ofArray(new byte[10]);
    assertFalse(heap.isNative());
    assertThrows(IllegalArgumentException.class, () -> Hakmem.free(heap));
  }
}
