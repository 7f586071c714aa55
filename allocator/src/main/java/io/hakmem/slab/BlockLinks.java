package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.memory.RawMemory.getIntAcquire;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLong;
import static io.hakmem.slab.BlockRecords.CONDEMNED;
import static io.hakmem.slab.BlockRecords.FREE;
import static io.hakmem.slab.BlockRecords.NEXT;
import static io.hakmem.slab.BlockRecords.REPORTED;
import static io.hakmem.slab.BlockRecords.SWEPT;
import static io.hakmem.slab.BlockRecords.epoch;
import static io.hakmem.slab.BlockRecords.find;
import static io.hakmem.slab.BlockRecords.isTrue;
import static io.hakmem.slab.BlockRecords.owner;
import static io.hakmem.slab.BlockRecords.record;
import static io.hakmem.slab.BlockRecords.sizeClass;
import static io.hakmem.slab.BlockRecords.state;
import static io.hakmem.slab.BlockRecords.word;

/**
 * The links of free blocks, as every list is followed and changed whatever path is live: by the
 * blocks themselves, or by their records where those are to be believed.
 */
public final class BlockLinks {

  private BlockLinks() {}

  /** The next block after one on a list; 0 also where a link that nobody recorded is damaged. */
  public static long next(long base) {
    int now = epoch();
    if (now == 0) {
      return getLong(base + HEADER_BYTES);
    }
    long area = find(base);
    long record = record(area, base);
    if (record == 0) {
      return getLong(base + HEADER_BYTES);
    }
    int state = state(getIntAcquire(record), now);
    long recorded = getLong(record + NEXT);
    if (isLinked(state) && isTrue(now)) {
      return recorded;
    }
    long next = getLong(base + HEADER_BYTES);
    return isLink(area, next) ? next : 0;
  }

  /** Whether a link could lead from a block of a slab to another of the same class. */
  public static boolean isLink(long area, long next) {
    if (next == 0) {
      return true;
    }
    long other = find(next);
    return record(other, next) != 0
        && sizeClass(other) == sizeClass(area)
        && owner(other) == owner(area);
  }

  private static boolean isLinked(int state) {
    return state == FREE || state == CONDEMNED || state == REPORTED || state == SWEPT;
  }

  /** Links a free block to the next one. */
  public static void link(long base, long next) {
    int now = epoch();
    long record = now == 0 ? 0 : record(find(base), base);
    if (record != 0) {
      int state = state(getIntAcquire(record), now);
      while (state == SWEPT) {
        Thread.onSpinWait();
        state = state(getIntAcquire(record), now);
      }
      boolean damaged = getLong(base + HEADER_BYTES) != getLong(record + NEXT);
      if (state == FREE && damaged && isTrue(now)) {
        // The write below destroys the evidence.
        putInt(record, word(now, CONDEMNED, base));
      }
      putLong(record + NEXT, next);
    }
    putLong(base + HEADER_BYTES, next);
  }
}
