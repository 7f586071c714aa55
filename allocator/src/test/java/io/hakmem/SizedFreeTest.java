package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.AllocatorOptions;
import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frees that name the size: whatever way a block came, it goes back to the list it came from. */
class SizedFreeTest {

  private static final long[] SIZES = sizes();

  /** The ends of every class, and what lies above the classes. */
  private static long[] sizes() {
    List<Long> sizes = new ArrayList<>(List.of(0L, 1L, 200_000L, 1L << 20, 3L << 20));
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      long last = SizeClasses.usableBytes(sizeClass);
      sizes.addAll(List.of(last - 1, last, last + 1));
    }
    return sizes.stream().mapToLong(Long::longValue).toArray();
  }

  /** How a block with a size comes to be. */
  @FunctionalInterface
  private interface Source {
    long block(Allocator allocator, long size);
  }

  private record Block(long address, long size) {}

  /** All are live at once, so that several neighbours of each class are used. */
  private static void assertAllGoBack(Source source) {
    try (Allocator allocator = new Allocator(AllocatorOptions.defaults())) {
      List<Block> blocks = new ArrayList<>();
      for (int round = 0; round < 5; round++) {
        for (long size : SIZES) {
          blocks.add(new Block(source.block(allocator, size), size));
        }
      }
      for (Block block : blocks) {
        allocator.free(block.address, block.size);
      }
      assertNothingInUse(allocator);
    }
  }

  private static void assertNothingInUse(Allocator allocator) {
    AllocatorStatistics statistics = allocator.statistics();
    assertEquals(0, statistics.inUse(), statistics::toString);
    for (AllocatorStatistics.OfClass one : statistics.classes()) {
      assertEquals(one.allocations(), one.frees(), one::toString);
    }
  }

  @Test
  void allocated() {
    assertAllGoBack(Allocator::allocate);
  }

  @Test
  void zeroed() {
    assertAllGoBack(Allocator::allocateZeroed);
  }

  /** Some of them happen to lie where they are wanted and are the block itself. */
  @ParameterizedTest
  @ValueSource(longs = {1, 16, 32, 64, 128, 4096, 1 << 16})
  void aligned(long alignment) {
    assertAllGoBack((allocator, size) -> allocator.allocateAligned(size, alignment));
  }

  @ParameterizedTest
  @ValueSource(ints = {50, 60, 70, 80, 90, 99, 101, 110, 130, 200})
  void reallocatedFromPercent(int percent) {
    assertAllGoBack(
        (allocator, size) -> allocator.reallocate(allocator.allocate(size * percent / 100), size));
  }

  @Test
  void reallocatedAligned() {
    assertAllGoBack(
        (allocator, size) ->
            allocator.reallocate(allocator.allocateAligned(size + size / 4, 64), size));
  }

  @Test
  void reallocatedAtRandom() {
    try (Allocator allocator = new Allocator(AllocatorOptions.defaults())) {
      SplittableRandom random = new SplittableRandom(11);
      for (int i = 0; i < 2000; i++) {
        long size = random.nextInt(5000);
        long block = allocator.allocate(size);
        for (int step = 0; step < 5; step++) {
          size = size * random.nextInt(40, 150) / 100;
          block = allocator.reallocate(block, size);
          assertTrue(allocator.usableSize(block) >= size);
        }
        allocator.free(block, size);
      }
      assertNothingInUse(allocator);
    }
  }

  @Test
  void byTheHandleAndByTheStaticMethods() {
    ThreadCache cache = Hakmem.threadCache();
    AllocatorStatistics before = Hakmem.statistics();
    for (long size : SIZES) {
      cache.free(cache.allocate(size), size);
      Hakmem.free(Hakmem.allocate(size), size);
      cache.free(Hakmem.allocateAligned(size, 32), size);
    }
    cache.free(0, 5);
    AllocatorStatistics after = Hakmem.statistics();
    for (int i = 0; i < SizeClasses.COUNT; i++) {
      assertEquals(before.classes().get(i).inUse(), after.classes().get(i).inUse());
    }
    assertEquals(before.largeBlocks(), after.largeBlocks());
  }

  /** What makes it fast: the header is written, not read. */
  @Test
  void theDirectPathReadsNothingOfTheBlock() {
    try (Allocator allocator = new Allocator(AllocatorOptions.defaults())) {
      for (int size : new int[] {10, 100, 1000, 50_000}) {
        long block = odd(allocator, size);
        RawMemory.putByte(block - 1, (byte) 0);
        allocator.heap().free(block, size);
        assertEquals(block, odd(allocator, size));
        allocator.free(block);
      }
      assertNothingInUse(allocator);
    }
  }

  /** A block that is no multiple of 32. */
  private static long odd(Allocator allocator, long size) {
    long block = allocator.allocate(size);
    if (block % 32 != 0) {
      return block;
    }
    long other = odd(allocator, size);
    allocator.free(block);
    return other;
  }

  @Test
  void assertionsFindSizesOfOtherClasses() {
    ThreadCache cache = Hakmem.threadCache();
    long block = odd(Hakmem.defaultAllocator(), 100);
    assertThrows(AssertionError.class, () -> Hakmem.free(block, 20), "needs -ea");
    assertThrows(AssertionError.class, () -> cache.free(block, 200));
    assertThrows(AssertionError.class, () -> cache.free(block, -1));
    cache.free(block, 101);
  }
}
