package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.SizeClasses;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassBlocksTest {

  private static final int MAX_SIZE = 4096;

  /** All blocks live at once, so that every write outside of a block damages a neighbour. */
  @Test
  void everySizeIsAlignedAndWritableToItsLastUsableByte() {
    long[] blocks = new long[MAX_SIZE + 1];
    for (int size = 0; size <= MAX_SIZE; size++) {
      blocks[size] = Hakmem.allocate(size);
      assertEquals(0, blocks[size] % 16, "size " + size);
      assertTrue(Hakmem.usableSize(blocks[size]) >= size, "size " + size);
      Cookie.write(blocks[size], Hakmem.usableSize(blocks[size]), size);
    }
    for (int size = 0; size <= MAX_SIZE; size++) {
      Cookie.verify(blocks[size], Hakmem.usableSize(blocks[size]), size);
      Hakmem.free(blocks[size]);
    }
  }

  /** Enough to go through several refills, spills and slabs of each class. */
  @Test
  void neighboursOfOneClassKeepTheirContents() {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      int size = SizeClasses.usableBytes(sizeClass);
      long[] blocks = new long[Math.min(5000, (8 << 20) / size)];
      Set<Long> distinct = new HashSet<>();
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = Hakmem.allocate(size);
        assertTrue(distinct.add(blocks[i]), "a live block was given out again");
        Cookie.write(blocks[i], size, i);
      }
      for (int i = 0; i < blocks.length; i++) {
        Cookie.verify(blocks[i], size, i);
        Hakmem.free(blocks[i]);
      }
    }
  }

  @Test
  void sizeZeroGivesABlockOfItsOwn() {
    long first = Hakmem.allocate(0);
    long second = Hakmem.allocate(0);
    assertNotEquals(0, first);
    assertNotEquals(first, second);
    Hakmem.free(second);
    Hakmem.free(first);
  }

  @Test
  void freeingAddressZeroDoesNothing() {
    long before = operations();
    Hakmem.free(0);
    assertEquals(before, operations());
  }

  private static long operations() {
    long sum = 0;
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      sum += Hakmem.counters(sizeClass).pops() + Hakmem.counters(sizeClass).pushes();
    }
    return sum;
  }
}
