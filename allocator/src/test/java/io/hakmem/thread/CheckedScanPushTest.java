package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckedScanPushTest {

  private static final int CLASS = 6;

  private final PrivateCache memory = new PrivateCache(CLASS);

  @AfterEach
  void checkAndClose() {
    CacheInvariants.check(memory.cache());
    memory.close();
  }

  private boolean push(long base) {
    return CheckedScanPush.push(memory.cache(), CLASS, base);
  }

  private void assertRefused(long base) {
    List<Long> before = memory.listed();
    int left = memory.freesLeft();
    assertThrows(InvalidFrees.RefusedInProbe.class, () -> push(base));
    assertEquals(before, memory.listed());
    assertEquals(left, memory.freesLeft());
  }

  @Test
  void writesHeaderNextHeadAndGrantForEveryClass() {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      try (PrivateCache other = new PrivateCache(sizeClass)) {
        other.grant(0, 2);
        assertTrue(CheckedScanPush.push(other.cache(), sizeClass, other.base(0)));
        assertTrue(CheckedScanPush.push(other.cache(), sizeClass, other.base(1)));
        assertEquals(List.of(other.base(1), other.base(0)), other.listed());
        assertEquals(other.liveHeader(), RawMemory.getByte(other.base(1)));
        assertEquals(0, other.freesLeft());
        CacheInvariants.check(other.cache());
      }
    }
  }

  @Test
  void refusesAndTouchesNothingWhenNothingIsGranted() {
    memory.grant(0, 1);
    assertTrue(push(memory.base(0)));
    RawMemory.putLong(memory.base(1) + HEADER_BYTES, 0x1234567890L);
    assertFalse(push(memory.base(1)));
    assertEquals(0x1234567890L, PrivateCache.next(memory.base(1)));
    assertEquals(List.of(memory.base(0)), memory.listed());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6})
  void findsABlockThatIsListedAlreadyWhereverItIs(int block) {
    memory.grant(0, 8);
    for (int i = 0; i < 7; i++) {
      assertTrue(push(memory.base(i)));
    }
    assertRefused(memory.base(block));
    assertTrue(push(memory.base(7)), "the list is as usable as before");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 15})
  void findsAMisalignedAddress(int offset) {
    memory.grant(0, 1);
    RawMemory.putByte(memory.base(0) + offset, memory.liveHeader());
    assertRefused(memory.base(0) + offset);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0xFF, 0xA0 | CLASS + 1, 0x50 | CLASS, 0xC0, 0x20 | CLASS})
  void findsADamagedHeader(int header) {
    memory.grant(0, 1);
    RawMemory.putByte(memory.base(0), (byte) header);
    assertRefused(memory.base(0));
    assertEquals((byte) header, RawMemory.getByte(memory.base(0)));
  }

  @Test
  void readsAListThatTheDirectPathWrote() {
    memory.grant(0, 4);
    for (int i = 0; i < 3; i++) {
      assertTrue(DirectPush.push(memory.cache(), CLASS, memory.base(i)));
    }
    assertRefused(memory.base(0));
    assertTrue(push(memory.base(3)));
    assertEquals(
        List.of(memory.base(3), memory.base(2), memory.base(1), memory.base(0)), memory.listed());
  }

  @Test
  void writesAListThatTheDirectPathAndTheAllocatingHalfRead() {
    memory.grant(0, 3);
    assertTrue(push(memory.base(0)));
    assertTrue(push(memory.base(1)));
    assertTrue(DirectPush.push(memory.cache(), CLASS, memory.base(2)));
    memory.grant(3, 0);
    for (int i = 2; i >= 0; i--) {
      assertEquals(memory.base(i) + HEADER_BYTES, FreeList.pop(memory.cache(), CLASS));
    }
  }
}
