package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RefusedSizesTest {

  @AfterEach
  void theAllocatorGoesOn() {
    for (int size : new int[] {0, 100, 1087, 1088, 70_001}) {
      long block = Hakmem.allocate(size);
      Cookie.write(block, size, size);
      Cookie.verify(block, size, size);
      Hakmem.free(block);
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -16, -17, -1087, Integer.MIN_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1})
  void aNegativeSizeIsAnIllegalArgument(long size) {
    assertSays(assertThrows(IllegalArgumentException.class, () -> Hakmem.allocate(size)), size);
    assertSays(
        assertThrows(IllegalArgumentException.class, () -> Hakmem.allocateSegment(size)), size);
  }

  /** Beyond every address space, so the allocator refuses them itself, before any rounding. */
  @ParameterizedTest
  @ValueSource(
      longs = {
        1L << 48,
        Long.MAX_VALUE,
        Long.MAX_VALUE - 1,
        Long.MAX_VALUE - 63,
        Long.MAX_VALUE - 64,
        Long.MAX_VALUE - 4096 - 64,
        (1L << 47) + 1,
        1L << 62
      })
  void aSizeBeyondEveryAddressSpaceIsOutOfMemory(long size) {
    assertSays(assertThrows(OutOfMemoryError.class, () -> Hakmem.allocate(size)), size);
    assertSays(assertThrows(OutOfMemoryError.class, () -> Hakmem.allocateSegment(size)), size);
  }

  /** Fits an address space in theory; no machine that runs tests has the memory. */
  @Test
  void aSizeThatTheOperatingSystemRefusesIsOutOfMemory() {
    long size = 1L << 47;
    assertSays(assertThrows(OutOfMemoryError.class, () -> Hakmem.allocate(size)), size);
  }

  /** Integer arithmetic on sizes would turn these into tiny or negative ones. */
  @ParameterizedTest
  @ValueSource(longs = {(1L << 31) - 1, 1L << 31, (1L << 32) - 1, 1L << 32, (1L << 32) + 100})
  void sizesAroundTheEdgesOfIntAreServedWhole(long size) {
    long block = Hakmem.allocate(size);
    Cookie.write(block + size - 8, 8, size);
    Cookie.write(block, 8, size);
    Cookie.verify(block + size - 8, 8, size);
    Hakmem.free(block);
  }

  private static void assertSays(Throwable thrown, long number) {
    String message = String.valueOf(thrown.getMessage());
    assertTrue(message.contains(String.valueOf(number)), message);
  }
}
