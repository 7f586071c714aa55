package io.hakmem.config;

import static io.hakmem.config.BlockLayout.ALIGNMENT;
import static io.hakmem.config.BlockLayout.CLASS_MASK;
import static io.hakmem.config.BlockLayout.FIRST_USER_OFFSET;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.MAX_CAPACITY;
import static io.hakmem.config.BlockLayout.MAX_LIST_BYTES;
import static io.hakmem.config.BlockLayout.MIN_CAPACITY;
import static io.hakmem.config.SizeClasses.COUNT;
import static io.hakmem.config.SizeClasses.MAX_TINY_BYTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SizeClassesTest {

  private static final int CACHE_LINE = 64;

  @Test
  void theLargestTinySizeIsThatOfTheLastClass() {
    assertEquals(1087, MAX_TINY_BYTES);
    assertEquals(MAX_TINY_BYTES, SizeClasses.usableBytes(COUNT - 1));
    assertEquals(CLASS_MASK, COUNT - 1, "the header's nibble names every class");
  }

  @Test
  void everySizeGetsTheSmallestClassThatFits() {
    for (int size = 0; size <= MAX_TINY_BYTES; size++) {
      int sizeClass = SizeClasses.of(size);
      assertTrue(SizeClasses.usableBytes(sizeClass) >= size, "too small for " + size);
      if (sizeClass > 0) {
        assertTrue(SizeClasses.usableBytes(sizeClass - 1) < size, "too large for " + size);
      }
    }
  }

  @Test
  void stridesGrowAndKeepUsersAligned() {
    for (int sizeClass = 0; sizeClass < COUNT; sizeClass++) {
      int stride = SizeClasses.stride(sizeClass);
      assertEquals(0, stride % ALIGNMENT, "stride " + stride);
      assertEquals(stride - HEADER_BYTES, SizeClasses.usableBytes(sizeClass));
      assertTrue(SizeClasses.usableBytes(sizeClass) >= Long.BYTES, "no room for a next pointer");
      if (sizeClass > 0) {
        assertTrue(stride > SizeClasses.stride(sizeClass - 1), "stride " + stride);
      }
    }
  }

  @Test
  void noSizeAbove64WastesMoreThanAQuarterOfItsBlock() {
    for (int size = 65; size <= MAX_TINY_BYTES; size++) {
      int stride = SizeClasses.stride(SizeClasses.of(size));
      assertTrue(4 * (stride - size) <= stride, "size " + size + " in a stride of " + stride);
    }
  }

  @Test
  void headerAndNextPointerShareACacheLineFrom256On() {
    for (int sizeClass = 0; sizeClass < COUNT; sizeClass++) {
      int stride = SizeClasses.stride(sizeClass);
      if (stride >= 256) {
        assertEquals(0, stride % CACHE_LINE, "stride " + stride);
      }
    }
    int header = FIRST_USER_OFFSET - HEADER_BYTES;
    int endOfNext = FIRST_USER_OFFSET + Long.BYTES - 1;
    assertEquals(header / CACHE_LINE, endOfNext / CACHE_LINE);
  }

  @Test
  void capacitiesStayInTheirBounds() {
    for (int sizeClass = 0; sizeClass < COUNT; sizeClass++) {
      int capacity = SizeClasses.maxCapacity(sizeClass);
      assertTrue(capacity >= MIN_CAPACITY && capacity <= MAX_CAPACITY, "capacity " + capacity);
      long bytes = (long) capacity * SizeClasses.stride(sizeClass);
      assertTrue(bytes <= MAX_LIST_BYTES || capacity == MIN_CAPACITY, bytes + " bytes on a list");
    }
  }
}
