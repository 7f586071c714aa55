package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putIntRelease;
import static io.hakmem.memory.RawMemory.putLong;
import static io.hakmem.slab.BlockRecords.FREE;
import static io.hakmem.slab.BlockRecords.HELD;
import static io.hakmem.slab.BlockRecords.UNKNOWN;
import static io.hakmem.slab.BlockRecords.state;
import static io.hakmem.slab.BlockRecords.word;

/** What the records are told of the life of slabs: made, carved, given back. */
final class RecordedSlabs {

  private static volatile boolean everArmed;
  private static BlockRecords.Visitor lastLook = (area, base, record) -> {};

  private RecordedSlabs() {}

  /** From now on there are records; somebody wants to see those of slabs that go back. */
  static void armed(BlockRecords.Visitor newLastLook) {
    lastLook = newLastLook;
    everArmed = true;
  }

  static void created(Slab slab) {
    int now = BlockRecords.epoch();
    if (now != 0) {
      RecordAreas.create(slab, now);
    }
  }

  static void released(Slab slab) {
    if (everArmed) {
      RecordAreas.retire(slab, lastLook);
    }
  }

  /** Fresh blocks, linked in the order of their addresses, are free and were never used. */
  static void carved(long head, int count, int stride) {
    int now = BlockRecords.epoch();
    long area = now == 0 ? 0 : BlockRecords.find(head);
    if (area == 0) {
      return;
    }
    long base = head;
    for (int i = 0; i < count; i++) {
      long record = BlockRecords.record(area, base);
      BlockPoison.fill(base + HEADER_BYTES, stride - HEADER_BYTES, stride - HEADER_BYTES);
      if (state(getInt(record), now) == UNKNOWN) {
        forget(record);
      }
      putLong(record + BlockRecords.NEXT, getLong(base + HEADER_BYTES));
      putIntRelease(record, word(now, FREE, base));
      base += stride;
    }
  }

  /**
   * Blocks of a slab that was given back and is here again: still freed, but not filled any more
   * until they are carved.
   */
  static void holdAll(long area) {
    int now = BlockRecords.epoch();
    BlockRecords.visitAll(
        area,
        (ofArea, base, record) -> {
          if (state(getInt(record), now) == FREE) {
            putInt(record, word(now, HELD, base));
          }
        });
  }

  private static void forget(long record) {
    putInt(record + BlockRecords.REQUESTED, 0);
    putInt(record + BlockRecords.ALLOCATED_AT, 0);
    putInt(record + BlockRecords.FREED_AT, 0);
    putInt(record + BlockRecords.ALLOCATED_BY, 0);
    putInt(record + BlockRecords.FREED_BY, 0);
  }
}
