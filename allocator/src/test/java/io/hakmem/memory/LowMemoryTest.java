package io.hakmem.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Low addresses are a wish: whether it is granted or not, the memory is as any other. */
class LowMemoryTest {

  private static final int BYTES = 1 << 20;

  @Test
  void isZeroedDistinctAndGoesBack() {
    OsMemory memory = OsMemory.platform();
    List<Long> addresses = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      long address = memory.reserveLow(BYTES, "test");
      assertEquals(0, address % memory.pageBytes());
      addresses.add(address);
      for (int at = 0; at < BYTES; at += 4096) {
        assertEquals(0, RawMemory.getLong(address + at));
        RawMemory.putLong(address + at, i + 1);
      }
    }
    for (int i = 0; i < 12; i++) {
      assertEquals(i + 1, RawMemory.getLong(addresses.get(i) + BYTES - 4096));
      memory.release(addresses.get(i), BYTES, "test");
    }
  }
}
