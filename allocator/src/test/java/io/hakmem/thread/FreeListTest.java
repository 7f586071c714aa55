package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.FREE_MAGIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import java.util.List;
import org.junit.jupiter.api.Test;

class FreeListTest {

  @Test
  void givesTheBlockThatWasFreedLastForEveryClass() {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      try (PrivateCache memory = new PrivateCache(sizeClass)) {
        memory.grant(0, 3);
        for (int block = 0; block < 3; block++) {
          assertTrue(DirectPush.push(memory.cache(), sizeClass, memory.base(block)));
        }
        memory.grant(3, 0);
        for (int block = 2; block >= 0; block--) {
          assertEquals(memory.base(block) + 1, FreeList.pop(memory.cache(), sizeClass));
          assertEquals(block, memory.allocatesLeft());
          CacheInvariants.check(memory.cache());
        }
        assertEquals(0, memory.head());
      }
    }
  }

  @Test
  void givesNothingThatWasNotGranted() {
    try (PrivateCache memory = new PrivateCache(2)) {
      assertEquals(0, FreeList.pop(memory.cache(), 2), "a fresh cache");
      memory.grant(0, 2);
      assertTrue(DirectPush.push(memory.cache(), 2, memory.base(0)));
      assertEquals(0, FreeList.pop(memory.cache(), 2), "a block, but no grant");
      assertEquals(List.of(memory.base(0)), memory.listed());
      assertEquals(0, memory.allocatesLeft());
      CacheInvariants.check(memory.cache());
    }
  }

  @Test
  void makesABlockLiveThatAPathMarkedFree() {
    try (PrivateCache memory = new PrivateCache(9)) {
      memory.grant(0, 1);
      assertTrue(DirectPush.push(memory.cache(), 9, memory.base(0)));
      RawMemory.putByte(memory.base(0), (byte) (FREE_MAGIC | 9));
      memory.grant(1, 0);
      assertEquals(memory.base(0) + 1, FreeList.pop(memory.cache(), 9));
      assertEquals(memory.liveHeader(), RawMemory.getByte(memory.base(0)));
    }
  }
}
