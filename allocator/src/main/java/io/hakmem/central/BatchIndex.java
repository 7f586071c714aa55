package io.hakmem.central;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;

import io.hakmem.memory.RawMemory;
import io.hakmem.slab.BlockLinks;
import io.hakmem.slab.BlockRecords;

/**
 * Where the blocks of a batch lie, in the order of their links. Not thread-safe: it goes from hand
 * to hand with its batch.
 *
 * <p>Of a batch that another processor has just freed every link is a cache miss, and each has to
 * arrive before the next is known. Who takes the batch writes the links again instead, as they are:
 * those misses don't wait for each other, and the lines are the taker's own when it pops.
 */
public final class BatchIndex {

  private final long[] bases;

  BatchIndex(int capacity) {
    bases = new long[capacity];
  }

  /**
   * Follows a list.
   *
   * @return whether it has so many blocks
   */
  public boolean gather(long head, int count) {
    if (count > bases.length) {
      return false;
    }
    long base = head;
    for (int i = 0; i < count; i++) {
      if (base == 0) {
        return false;
      }
      bases[i] = base;
      base = BlockLinks.next(base);
    }
    return true;
  }

  /**
   * Ends the list that was gathered after {@code length} blocks of it.
   *
   * @return base of the first block behind the cut
   */
  public long cut(int length) {
    long last = bases[length - 1];
    long rest = BlockLinks.next(last);
    BlockLinks.link(last, 0);
    return rest;
  }

  /** Writes the links of the first blocks; where they are recorded too, nothing is to be hidden. */
  void own(int length) {
    if (BlockRecords.epoch() != 0) {
      return;
    }
    for (int i = 1; i < length; i++) {
      RawMemory.putLong((bases[i - 1] & ADDRESS_MASK) + HEADER_BYTES, bases[i]);
    }
  }
}
