package io.hakmem.central;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.memory.RawMemory;
import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

class BatchIndexTest {

  private static final int STRIDE = 64;

  /** Base of a block of a list, the first for 0. */
  private static long base(long memory, int block) {
    return memory + (long) (block * 7 % 11) * STRIDE + STRIDE - HEADER_BYTES;
  }

  private static long list(Arena arena, int blocks) {
    long memory = arena.allocate(12L * STRIDE, STRIDE).address();
    for (int i = 0; i < blocks; i++) {
      RawMemory.putLong(base(memory, i) + HEADER_BYTES, i + 1 < blocks ? base(memory, i + 1) : 0);
    }
    return memory;
  }

  private static int length(long head) {
    int length = 0;
    for (long base = head; base != 0; base = RawMemory.getLong(base + HEADER_BYTES)) {
      length++;
    }
    return length;
  }

  @Test
  void cutsWhereItIsTold() {
    try (Arena arena = Arena.ofConfined()) {
      long memory = list(arena, 10);
      BatchIndex index = new BatchIndex(10);
      assertTrue(index.gather(base(memory, 0), 10));
      assertEquals(base(memory, 6), index.cut(6));
      assertEquals(6, length(base(memory, 0)));
      assertEquals(4, length(base(memory, 6)));
    }
  }

  @Test
  void owningChangesNoLink() {
    try (Arena arena = Arena.ofConfined()) {
      long memory = list(arena, 10);
      BatchIndex index = new BatchIndex(10);
      assertTrue(index.gather(base(memory, 0), 7));
      index.own(7);
      for (int i = 0; i < 10; i++) {
        long next = i < 9 ? base(memory, i + 1) : 0;
        assertEquals(next, RawMemory.getLong(base(memory, i) + HEADER_BYTES));
      }
    }
  }

  @Test
  void saysWhereTheListIsShorter() {
    try (Arena arena = Arena.ofConfined()) {
      long head = base(list(arena, 5), 0);
      assertFalse(new BatchIndex(10).gather(head, 6));
      assertFalse(new BatchIndex(4).gather(head, 5));
      assertTrue(new BatchIndex(10).gather(head, 5));
    }
  }
}
