package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.BlockLayout;
import io.hakmem.memory.RawMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The checker itself: it accepts a sound cache and sees every kind of damage. */
class CacheInvariantsTest {

  private static final int CLASS = 5;

  private final PrivateCache memory = new PrivateCache(CLASS);
  private final long hot = CacheLayout.hot(memory.cache(), CLASS);
  private final long cold = CacheLayout.cold(memory.cache(), CLASS);

  @BeforeEach
  void listThreeBlocks() {
    memory.grant(0, 5);
    for (int block = 0; block < 3; block++) {
      assertTrue(DirectPush.push(memory.cache(), CLASS, memory.base(block)));
    }
    CacheInvariants.check(memory.cache());
  }

  @AfterEach
  void close() {
    memory.close();
  }

  private void assertSeen(String part) {
    AssertionError error =
        assertThrows(AssertionError.class, () -> CacheInvariants.check(memory.cache()));
    assertTrue(String.valueOf(error.getMessage()).contains(part), error::getMessage);
  }

  @Test
  void aLostBlock() {
    RawMemory.putLong(hot + CacheLayout.HEAD, memory.base(1));
    assertSeen("cached = listed[3, 2]");
  }

  @Test
  void aCycle() {
    RawMemory.putLong(memory.base(0) + BlockLayout.HEADER_BYTES, memory.base(2));
    assertSeen("no cycle");
  }

  @Test
  void aDamagedHeader() {
    RawMemory.putByte(memory.base(1), (byte) 0xA6);
    assertSeen("header at base[166");
  }

  @Test
  void aMisalignedBlock() {
    RawMemory.putLong(memory.base(1) + BlockLayout.HEADER_BYTES, memory.base(0) + 1);
    assertSeen("alignment of base");
  }

  @Test
  void moreAllocationsGrantedThanBlocks() {
    memory.grant(4, 0);
    assertSeen("allocates left <= cached[4, 3]");
  }

  @Test
  void moreFreesGrantedThanRoom() {
    memory.grant(0, RawMemory.getInt(cold + CacheLayout.CAPACITY) - 2);
    assertSeen("frees left");
  }

  @Test
  void aCapacityThatIsNotInTheBudget() {
    RawMemory.putInt(cold + CacheLayout.CAPACITY, 17);
    assertSeen("capacity bytes = sum");
  }

  @Test
  void anUnfinishedChange() {
    RawMemory.putInt(memory.cache() + CacheLayout.VERSION, 7);
    assertSeen("no change is under way");
  }

  @Test
  void aCountThatDisagrees() {
    RawMemory.putInt(cold + CacheLayout.CACHED, 1);
    assertSeen("settled");
  }
}
