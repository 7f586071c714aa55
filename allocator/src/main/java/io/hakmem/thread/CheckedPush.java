package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.BlockLayout.FREE_FLIP;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putByte;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLong;

import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import io.hakmem.slab.BlockRecords;
import io.hakmem.slab.Poison;
import io.hakmem.slab.SlabRegistry;
import java.lang.invoke.VarHandle;

/**
 * The checked path: every free and allocation is held against {@link BlockRecords}, free blocks are
 * poisoned and the slack behind what was asked for is a canary. Finds all misuse that can be found;
 * nothing is read or written before the address is known to be the allocator's.
 *
 * <p>What is not as it should be goes to {@link CheckedSlow}, which adopts blocks that another path
 * handed out, or reports.
 */
public final class CheckedPush {

  private CheckedPush() {}

  /** See {@link FreePath#header}; 0 where no allocator has memory. */
  public static int header(long base) {
    return BlockRecords.find(base) != 0 || SlabRegistry.findReadable(base) ? getByte(base) : 0;
  }

  /** See {@link FreePath#push}. */
  public static boolean push(long cache, int sizeClass, long base) {
    long list = CacheLayout.hot(cache, sizeClass);
    int left = getInt(list + CacheLayout.FREES_LEFT) - 1;
    if (left < 0) {
      return false;
    }
    int epoch = BlockRecords.epoch();
    long area = BlockRecords.find(base);
    long record = BlockRecords.record(area, base);
    int live = BlockRecords.word(epoch, BlockRecords.LIVE);
    if (record == 0
        || getInt(record) != live
        || !BlockRecords.isOf(area, sizeClass, getInt(cache + CacheLayout.ALLOCATOR))) {
      return CheckedSlow.push(cache, sizeClass, base);
    }
    int requested = BlockRecords.requested(record);
    long end = base + SizeClasses.stride(sizeClass);
    if (!Poison.slackHolds(base + HEADER_BYTES + requested, end)) {
      return CheckedSlow.refuseOverrun(cache, sizeClass, base, record, live);
    }
    if (!RawMemory.compareAndSetInt(record, live, BlockRecords.word(epoch, BlockRecords.HELD))) {
      return CheckedSlow.push(cache, sizeClass, base);
    }
    freed(cache, sizeClass, base, record, epoch, requested);
    putInt(list + CacheLayout.FREES_LEFT, left);
    return true;
  }

  /**
   * Does what makes a block free that is nobody's any more.
   *
   * @param dirty bytes of it that may have been written
   */
  static void freed(long cache, int sizeClass, long base, long record, int epoch, int dirty) {
    int thread = (int) Thread.currentThread().threadId();
    putLong(record + BlockRecords.FREED_AT, BlockRecords.pair(Stacks.NONE, thread));
    if (getInt(record + BlockRecords.ALLOCATED_AT) != Stacks.NONE) {
      Stacks.freedSlow(record + BlockRecords.FREED_AT);
    }
    BlockRecords.poison(base, SizeClasses.stride(sizeClass), dirty);
    putByte(base, (byte) ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP));
    Quarantine.add(cache, sizeClass, base, record, epoch);
  }

  /** See {@link FreePath#pop}. */
  public static long pop(long cache, int sizeClass, long requested) {
    long list = CacheLayout.hot(cache, sizeClass);
    int left = getInt(list + CacheLayout.ALLOCATES_LEFT) - 1;
    if (left < 0) {
      return 0;
    }
    long base = getLong(list + CacheLayout.HEAD) & ADDRESS_MASK;
    int epoch = BlockRecords.epoch();
    long area = BlockRecords.find(base);
    long record = BlockRecords.record(area, base);
    int stride = SizeClasses.stride(sizeClass);
    if (record == 0
        || getInt(record) != BlockRecords.word(epoch, BlockRecords.FREE)
        || BlockRecords.sizeClass(area) != sizeClass
        || getLong(base + HEADER_BYTES) != getLong(record + BlockRecords.NEXT)
        || (getByte(base) & 0xFF) != ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP)
        || !BlockRecords.poisonHolds(base, stride)) {
      return CheckedSlow.pop(cache, sizeClass, requested);
    }
    live(record, epoch, requested);
    putLong(list + CacheLayout.HEAD, getLong(record + BlockRecords.NEXT));
    putInt(list + CacheLayout.ALLOCATES_LEFT, left);
    putByte(base, (byte) (LIVE_MAGIC + sizeClass));
    if (BlockRecords.poisonsAll()) {
      // All but the link is canary already.
      Poison.fillLink(base + HEADER_BYTES);
    } else {
      Poison.fillSlack(base + HEADER_BYTES + requested, base + stride);
    }
    allocated(cache, record);
    return base + HEADER_BYTES;
  }

  /**
   * Makes a free block live, before anything in it changes: the sweep, which may look at it at this
   * moment, believes only what it saw while the block was free.
   */
  static void live(long record, int epoch, long requested) {
    int word = BlockRecords.word(epoch, BlockRecords.LIVE);
    putLong(record, BlockRecords.pair(word, (int) requested));
    VarHandle.storeStoreFence();
  }

  /** Writes down who has a block from now on. */
  static void allocated(long cache, long record) {
    int thread = (int) Thread.currentThread().threadId();
    putLong(record + BlockRecords.ALLOCATED_AT, BlockRecords.pair(Stacks.NONE, thread));
    int left = getInt(cache + CacheLayout.STACK_COUNTDOWN) - 1;
    putInt(cache + CacheLayout.STACK_COUNTDOWN, left);
    if (left < 0) {
      Stacks.allocatedSlow(cache, record + BlockRecords.ALLOCATED_AT);
    }
  }

  /** See {@link FreePath#checks}. */
  public static boolean checks() {
    return true;
  }

  /** See {@link FreePath#resized}. */
  public static void resized(long block, long user, long requested) {
    CheckedSlow.resized(block, user, requested);
  }

  /** See {@link FreePath#checkSize}. */
  public static boolean checkSize(long user, long size) {
    return CheckedSlow.checkSize(user, size);
  }
}
