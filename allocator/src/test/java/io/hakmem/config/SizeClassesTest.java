package io.hakmem.config;

import static io.hakmem.config.BlockLayout.ALIGNMENT;
import static io.hakmem.config.BlockLayout.CLASS_MASK;
import static io.hakmem.config.BlockLayout.FIRST_USER_OFFSET;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.config.BlockLayout.MAGIC_MASK;
import static io.hakmem.config.BlockLayout.MAX_CAPACITY;
import static io.hakmem.config.BlockLayout.MAX_LIST_BYTES;
import static io.hakmem.config.BlockLayout.SLABS_PER_SEGMENT;
import static io.hakmem.config.BlockLayout.SLAB_BYTES;
import static io.hakmem.config.SizeClasses.COUNT;
import static io.hakmem.config.SizeClasses.MAX_CLASS_BYTES;
import static io.hakmem.config.SizeClasses.MAX_TINY_BYTES;
import static io.hakmem.config.SizeClasses.TINY_COUNT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Sizes;
import org.junit.jupiter.api.Test;

class SizeClassesTest {

  private static final int CACHE_LINE = 64;

  @Test
  void theLargestSizesAreThoseOfTheLastClasses() {
    assertEquals(1087, MAX_TINY_BYTES);
    assertEquals(MAX_TINY_BYTES, SizeClasses.usableBytes(TINY_COUNT - 1));
    assertEquals(MAX_CLASS_BYTES, SizeClasses.usableBytes(COUNT - 1));
  }

  @Test
  void everySizeGetsTheSmallestClassThatFits() {
    for (int size = 0; size <= MAX_CLASS_BYTES; size++) {
      int sizeClass = Sizes.classOf(size);
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
    for (int size = 65; size <= MAX_CLASS_BYTES; size++) {
      int stride = SizeClasses.stride(Sizes.classOf(size));
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
  void aHeaderNamesEveryClass() {
    for (int sizeClass = 0; sizeClass < COUNT; sizeClass++) {
      int header = LIVE_MAGIC + sizeClass;
      assertEquals(LIVE_MAGIC, header & MAGIC_MASK);
      assertEquals(sizeClass, header & CLASS_MASK);
      assertTrue(header <= 0xFF, "header " + header);
    }
  }

  @Test
  void capacitiesStayInTheirBounds() {
    for (int sizeClass = 0; sizeClass < COUNT; sizeClass++) {
      int capacity = SizeClasses.maxCapacity(sizeClass);
      assertTrue(capacity >= 2 && capacity <= MAX_CAPACITY, "capacity " + capacity);
      long bytes = (long) capacity * SizeClasses.stride(sizeClass);
      assertTrue(bytes <= MAX_LIST_BYTES || capacity == 2, bytes + " bytes on a list");
    }
  }

  @Test
  void everyClassTakesSlabsThatHoldItsBlocks() {
    for (int sizeClass = 0; sizeClass < COUNT; sizeClass++) {
      int slabs = SizeClasses.slabs(sizeClass);
      assertTrue(slabs >= 1 && slabs <= SLABS_PER_SEGMENT, slabs + " slabs");
      int blocks = (slabs * SLAB_BYTES - 2 * CACHE_LINE) / SizeClasses.stride(sizeClass);
      assertTrue(blocks >= 1, "class " + sizeClass + " has room for " + blocks);
      long used = (long) blocks * SizeClasses.stride(sizeClass);
      assertTrue(used * 8 >= slabs * (long) SLAB_BYTES * 7, "class " + sizeClass + " uses " + used);
    }
  }
}
