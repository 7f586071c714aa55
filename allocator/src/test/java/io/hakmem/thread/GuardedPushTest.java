package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.FREE_FLIP;
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

class GuardedPushTest {

  private static final int CLASS = 6;

  private final PrivateCache memory = new PrivateCache(CLASS);

  @AfterEach
  void checkAndClose() {
    CacheInvariants.check(memory.cache());
    memory.close();
  }

  private boolean push(int block) {
    return GuardedPush.push(memory.cache(), CLASS, memory.base(block));
  }

  private byte header(int block) {
    return RawMemory.getByte(memory.base(block));
  }

  private void assertRefused(int block) {
    List<Long> before = memory.listed();
    byte header = header(block);
    int left = memory.freesLeft();
    assertThrows(InvalidFrees.RefusedInProbe.class, () -> push(block));
    assertEquals(before, memory.listed());
    assertEquals(header, header(block));
    assertEquals(left, memory.freesLeft());
  }

  @Test
  void writesAFreeHeaderNextHeadAndGrantForEveryClass() {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      try (PrivateCache other = new PrivateCache(sizeClass)) {
        other.grant(0, 2);
        assertTrue(GuardedPush.push(other.cache(), sizeClass, other.base(0)));
        assertTrue(GuardedPush.push(other.cache(), sizeClass, other.base(1)));
        assertEquals(List.of(other.base(1), other.base(0)), other.listed());
        int magic = sizeClass < 16 ? 0x50 : 0x40;
        assertEquals(magic | (sizeClass & 0xF), RawMemory.getByte(other.base(0)));
        assertEquals(magic | (sizeClass & 0xF), RawMemory.getByte(other.base(1)));
        assertEquals(0, other.freesLeft());
        CacheInvariants.check(other.cache());
      }
    }
  }

  @Test
  void refusesAndTouchesNothingWhenNothingIsGranted() {
    memory.grant(0, 1);
    assertTrue(push(0));
    RawMemory.putLong(memory.base(1) + HEADER_BYTES, 0x1234567890L);
    assertFalse(push(1));
    assertEquals(memory.liveHeader(), header(1));
    assertEquals(0x1234567890L, PrivateCache.next(memory.base(1)));
    assertEquals(List.of(memory.base(0)), memory.listed());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 6})
  void refusesABlockThatIsFreeWhereverItIs(int block) {
    memory.grant(0, 8);
    for (int i = 0; i < 7; i++) {
      assertTrue(push(i));
    }
    assertRefused(block);
    assertTrue(push(7), "the list is as usable as before");
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0xFF, 0xA0 | CLASS + 1, 0xB0 | CLASS, 0x50 | CLASS, 0xC0, 0x20})
  void refusesAHeaderThatDoesNotSayLive(int header) {
    memory.grant(0, 1);
    RawMemory.putByte(memory.base(0), (byte) header);
    assertRefused(0);
  }

  @Test
  void aBlockThatWasHandedOutAgainCanBeFreedAgain() {
    memory.grant(0, 1);
    for (int i = 0; i < 3; i++) {
      assertTrue(push(0));
      memory.grant(1, 0);
      assertEquals(memory.base(0) + HEADER_BYTES, FreeList.pop(memory.cache(), CLASS));
      assertEquals(memory.liveHeader(), header(0));
      memory.grant(0, 1);
    }
  }

  /** Three paths build one list; each reads what the others left, and allocation reads them all. */
  @Test
  void sharesAListWithTheOtherPaths() {
    memory.grant(0, 9);
    for (int i = 0; i < 9; i += 3) {
      assertTrue(DirectPush.push(memory.cache(), CLASS, memory.base(i)));
      assertTrue(push(i + 1));
      assertTrue(CheckedScanPush.push(memory.cache(), CLASS, memory.base(i + 2)));
    }
    assertEquals((byte) (memory.liveHeader() ^ FREE_FLIP), header(4));
    assertEquals(memory.liveHeader(), header(5));
    memory.grant(9, 0);
    for (int i = 8; i >= 0; i--) {
      assertEquals(memory.base(i) + HEADER_BYTES, FreeList.pop(memory.cache(), CLASS));
      assertEquals(memory.liveHeader(), header(i));
    }
    memory.grant(0, 9);
    for (int i = 0; i < 9; i += 3) {
      assertTrue(push(i), "freed by the direct path before");
      assertTrue(CheckedScanPush.push(memory.cache(), CLASS, memory.base(i + 1)));
      assertTrue(DirectPush.push(memory.cache(), CLASS, memory.base(i + 2)));
    }
  }

  @Test
  void theScanRefusesWhatItFreed() {
    memory.grant(0, 2);
    assertTrue(push(0));
    assertThrows(
        InvalidFrees.RefusedInProbe.class,
        () -> CheckedScanPush.push(memory.cache(), CLASS, memory.base(0)));
  }
}
