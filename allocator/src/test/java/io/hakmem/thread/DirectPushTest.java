package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import java.util.List;
import org.junit.jupiter.api.Test;

class DirectPushTest {

  @Test
  void writesHeaderNextHeadAndGrantForEveryClass() {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      try (PrivateCache memory = new PrivateCache(sizeClass)) {
        memory.grant(0, 2);
        RawMemory.putByte(memory.base(0), (byte) 0);

        assertTrue(DirectPush.push(memory.cache(), sizeClass, memory.base(0)));
        assertEquals(memory.liveHeader(), RawMemory.getByte(memory.base(0)));
        assertEquals(memory.base(0), memory.head());
        assertEquals(0, PrivateCache.next(memory.base(0)));
        assertEquals(1, memory.freesLeft());

        assertTrue(DirectPush.push(memory.cache(), sizeClass, memory.base(1)));
        assertEquals(List.of(memory.base(1), memory.base(0)), memory.listed());
        assertEquals(0, memory.freesLeft());
        assertEquals(0, memory.allocatesLeft());
        CacheInvariants.check(memory.cache());
      }
    }
  }

  @Test
  void refusesAndTouchesNothingWhenNothingIsGranted() {
    try (PrivateCache memory = new PrivateCache(4)) {
      memory.grant(0, 1);
      assertTrue(DirectPush.push(memory.cache(), 4, memory.base(0)));
      RawMemory.putByte(memory.base(1), (byte) 0x77);
      RawMemory.putLong(memory.base(1) + 1, 0x1234567890L);

      assertFalse(DirectPush.push(memory.cache(), 4, memory.base(1)));
      assertFalse(DirectPush.push(memory.cache(), 4, memory.base(1)));
      assertEquals(0x77, RawMemory.getByte(memory.base(1)));
      assertEquals(0x1234567890L, PrivateCache.next(memory.base(1)));
      assertEquals(List.of(memory.base(0)), memory.listed());
      assertEquals(0, memory.freesLeft());
      CacheInvariants.check(memory.cache());
    }
  }

  @Test
  void leavesTheOtherClassesAlone() {
    try (PrivateCache memory = new PrivateCache(7)) {
      memory.grant(0, 1);
      assertFalse(DirectPush.push(memory.cache(), 6, memory.base(0)));
      assertFalse(DirectPush.push(memory.cache(), 8, memory.base(0)));
      assertTrue(DirectPush.push(memory.cache(), 7, memory.base(0)));
      CacheInvariants.check(memory.cache());
    }
  }
}
