package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.SEGMENT_BYTES;
import static io.hakmem.config.BlockLayout.SLAB_BYTES;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.CheckOptions;
import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slabs here are numbers only: what is recorded of them is never read from them. */
class BlockRecordsTest {

  private static final long SEGMENT = 0x1234_5640_0000L;

  /** Where the table of slabs begins anew. */
  private static final long SAME_PLACE = (1L << 15) * SLAB_BYTES;

  private static final int OWNER = 70_001;
  private static final int EPOCHS = 1 << 13;

  private Slab slab = new Slab(0, SEGMENT, OWNER);

  private Slab create(int sizeClass, long start) {
    slab = new Slab(sizeClass, start, OWNER);
    RecordAreas.create(slab, 1);
    return slab;
  }

  @AfterEach
  void retire() {
    BlockRecords.disarm();
    RecordAreas.retire(slab, (area, base, record) -> {});
  }

  private static long recordOf(long base) {
    return BlockRecords.recordOf(BlockRecords.entry(base), base);
  }

  private static void assertEachHasItsOwn(Slab slab) {
    int stride = SizeClasses.stride(slab.sizeClass());
    Set<Long> records = new HashSet<>();
    for (long base = slab.firstBase(); base + stride <= slab.end(); base += stride) {
      long area = BlockRecords.find(base);
      assertEquals(BlockRecords.record(area, base), recordOf(base));
      assertTrue(records.add(recordOf(base)), "two blocks share a record");
      assertEquals(0, RawMemory.getInt(recordOf(base)));
      RawMemory.putInt(recordOf(base), BlockRecords.word(1, BlockRecords.LIVE, base));
      assertEquals(0, BlockRecords.record(area, base + 1));
      assertEquals(stride, BlockRecords.strideOf(BlockRecords.entry(base)));
    }
    records.forEach(record -> RawMemory.putInt(record, 0));
  }

  @ParameterizedTest
  @ValueSource(longs = {SEGMENT, SEGMENT + 8 * SLAB_BYTES, SEGMENT + SEGMENT_BYTES})
  void everyBlockOfEveryClassHasARecordOfItsOwn(long start) {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      assertEachHasItsOwn(create(sizeClass, start));
      retire();
    }
  }

  @Test
  void noOtherAddressMatchesWhatARecordSays() {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      create(sizeClass, SEGMENT);
      int stride = SizeClasses.stride(sizeClass);
      long base = slab.firstBase() + stride;
      int word = BlockRecords.word(1, BlockRecords.LIVE, base);
      RawMemory.putInt(recordOf(base), word);
      for (long at = base - stride; at < base + stride; at++) {
        boolean same =
            RawMemory.getInt(recordOf(at)) == BlockRecords.word(1, BlockRecords.LIVE, at);
        assertEquals(at == base, same);
      }
      RawMemory.putInt(recordOf(base), 0);
      retire();
    }
  }

  @Test
  void anEntryKnowsClassAndAllocator() {
    create(5, SEGMENT);
    long entry = BlockRecords.entry(slab.firstBase());
    assertTrue(BlockRecords.isOf(entry, 5, OWNER));
    assertFalse(BlockRecords.isOf(entry, 6, OWNER));
    assertFalse(BlockRecords.isOf(entry, 5, OWNER + 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 15, 65_535, 65_536, SEGMENT - 1, (1L << 62) - 1, -1, Long.MIN_VALUE})
  void nothingIsKnownOfAnyOtherAddress(long address) {
    create(0, SEGMENT);
    retire();
    assertEquals(0, BlockRecords.find(address));
    assertEquals(0, RawMemory.getInt(recordOf(address)));
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      assertFalse(BlockRecords.isOf(BlockRecords.entry(address), sizeClass, OWNER));
    }
  }

  @Test
  void slabsThatShareAPlaceInTheTableAreBothFound() {
    Slab first = create(31, SEGMENT);
    Slab second = create(30, SEGMENT + SAME_PLACE);
    assertEachHasItsOwn(first);
    assertEachHasItsOwn(second);
    assertNotEquals(BlockRecords.find(first.firstBase()), BlockRecords.find(second.firstBase()));
    RecordAreas.retire(first, (area, base, record) -> {});
    assertEquals(0, BlockRecords.find(first.firstBase()));
    assertEachHasItsOwn(second);
    RecordAreas.retire(second, (area, base, record) -> {});
    assertEquals(0, BlockRecords.find(second.firstBase()));
    assertEachHasItsOwn(create(3, SEGMENT + SAME_PLACE));
  }

  @Test
  void aWordCountsInItsEpochOnly() {
    int word = BlockRecords.word(EPOCHS + 7, BlockRecords.SWEPT, SEGMENT + 0xFFFF);
    assertEquals(BlockRecords.SWEPT, BlockRecords.state(word, EPOCHS + 7));
    assertEquals(BlockRecords.UNKNOWN, BlockRecords.state(word, EPOCHS + 6));
    assertEquals(BlockRecords.UNKNOWN, BlockRecords.state(word, EPOCHS + 8));
    assertEquals(BlockRecords.UNKNOWN, BlockRecords.state(0, EPOCHS + 7));
    assertEquals(BlockRecords.UNKNOWN, BlockRecords.state(word, 0));
    int freed = BlockRecords.with(word, BlockRecords.FREE);
    assertEquals(BlockRecords.FREE, BlockRecords.state(freed, EPOCHS + 7));
  }

  @Test
  void noEpochIsTakenForAnEarlierOne() {
    create(4, SEGMENT);
    long base = slab.firstBase();
    BlockRecords.arm(CheckOptions.Poison.OFF, () -> false, (area, at, record) -> {});
    int first = BlockRecords.epoch();
    int record = BlockRecords.word(first, BlockRecords.LIVE, base);
    RawMemory.putInt(recordOf(base), record);
    for (int i = 0; i < EPOCHS + 1; i++) {
      BlockRecords.arm(CheckOptions.Poison.OFF, () -> false, (area, at, none) -> {});
      int epoch = BlockRecords.epoch();
      assertEquals(
          BlockRecords.UNKNOWN, BlockRecords.state(RawMemory.getInt(recordOf(base)), epoch));
      assertEquals(BlockRecords.UNKNOWN, BlockRecords.state(0, epoch));
    }
    assertTrue(BlockRecords.epoch() > first + EPOCHS);
  }
}
