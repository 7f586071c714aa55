package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.memory.RawMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What even the direct path sees: a header that no live block has. */
class InvalidFreeTest {

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0x10, 0x4F, 0x95, 0x75, 0xC5, 0xFF})
  void aDamagedHeaderIsNamedAndTheBlockStaysTheUsers(int header) {
    long block = Hakmem.allocate(317);
    byte live = RawMemory.getByte(block - 1);
    long inUse = Hakmem.counters(Sizes.classOf(317)).inUse();
    RawMemory.putByte(block - 1, (byte) header);

    InvalidFreeException thrown =
        assertThrows(InvalidFreeException.class, () -> Hakmem.free(block));
    assertEquals(block, thrown.address());
    assertSays(thrown, "0x%x".formatted(block), "0x%02x".formatted(header), "direct", "header");
    assertEquals(inUse, Hakmem.counters(Sizes.classOf(317)).inUse());

    RawMemory.putByte(block - 1, live);
    Hakmem.free(block);
    assertEquals(inUse - 1, Hakmem.counters(Sizes.classOf(317)).inUse());
  }

  @Test
  void aHeaderThatSaysFreeIsADoubleFree() {
    long block = Hakmem.allocate(317);
    byte live = RawMemory.getByte(block - 1);
    RawMemory.putByte(block - 1, (byte) (0x50 | (live & 0x0F)));
    assertSays(assertThrows(InvalidFreeException.class, () -> Hakmem.free(block)), "freed already");
    RawMemory.putByte(block - 1, live);
    Hakmem.free(block);
  }

  @ParameterizedTest
  @ValueSource(longs = {32, 64, 256, 4096})
  void anAlignedBlockIsFreedOnceWhateverThePath(long alignment) {
    long block = Hakmem.allocateAligned(40, alignment);
    if (RawMemory.getByte(block - 1) != (byte) 0xE0) {
      // Aligned by chance: then its neighbour is not.
      anAlignedBlockIsFreedOnceWhateverThePath(alignment);
      Hakmem.free(block);
      return;
    }
    Hakmem.free(block);
    assertSays(assertThrows(InvalidFreeException.class, () -> Hakmem.free(block)), "freed already");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, -16, Long.MIN_VALUE})
  void aNegativeAddressIsNoBlock(long address) {
    InvalidFreeException thrown =
        assertThrows(InvalidFreeException.class, () -> Hakmem.free(address));
    assertEquals(address, thrown.address());
    assertSays(thrown, "0x%x".formatted(address));
  }

  private static void assertSays(InvalidFreeException thrown, String... parts) {
    String message = String.valueOf(thrown.getMessage());
    for (String part : parts) {
      assertTrue(message.contains(part), message);
    }
  }
}
