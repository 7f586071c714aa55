package io.hakmem.slab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.memory.RawMemory;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PoisonTest {

  private static final int MARGIN = 64;

  private static void assertFillsExactly(long start, int bytes) {
    RawMemory.fill(start - MARGIN, bytes + 2L * MARGIN, (byte) 1);
    Poison.fill(start, start + bytes);
    for (int at = -MARGIN; at < bytes + MARGIN; at++) {
      byte expected = at >= 0 && at < bytes ? Poison.BYTE : 1;
      if (RawMemory.getByte(start + at) != expected) {
        assertEquals(expected, RawMemory.getByte(start + at), bytes + " bytes, at " + at);
      }
    }
    assertTrue(Poison.holds(start, start + bytes), bytes + " bytes");
    assertEquals(start + bytes, Poison.firstChanged(start, start + bytes));
  }

  private static void assertSees(long start, int bytes, int at) {
    RawMemory.putByte(start + at, (byte) (Poison.BYTE ^ 0x40));
    assertFalse(Poison.holds(start, start + bytes), bytes + " bytes, at " + at);
    assertEquals(start + at, Poison.firstChanged(start, start + bytes));
    RawMemory.putByte(start + at, Poison.BYTE);
  }

  @Test
  void fillsAndComparesEveryByteAndNoOther() {
    try (Arena arena = Arena.ofConfined()) {
      long start = arena.allocate(1024).address() + MARGIN;
      for (int shift = 0; shift < 9; shift++) {
        for (int bytes = 0; bytes < 300; bytes++) {
          assertFillsExactly(start + shift, bytes);
          for (int at = 0; at < bytes; at++) {
            assertSees(start + shift, bytes, at);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {262_142, 262_143, 262_144, 262_150, 262_151, 524_286, 524_287, 1_000_001})
  void alsoOfManyBytes(int bytes) {
    try (Arena arena = Arena.ofConfined()) {
      long start = arena.allocate(bytes + 2L * MARGIN).address() + MARGIN;
      assertFillsExactly(start, bytes);
      for (int at = 0; at < bytes; at += 997) {
        assertSees(start, bytes, at);
      }
      for (int at : new int[] {262_135, 262_141, bytes - 9, bytes - 1}) {
        assertSees(start, bytes, at);
      }
    }
  }
}
