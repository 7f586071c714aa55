package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.BlockLayout.CLASS_MASK;
import static io.hakmem.config.BlockLayout.FREE_FLIP;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putByte;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putIntRelease;
import static io.hakmem.memory.RawMemory.putLong;

import io.hakmem.config.CheckOptions;
import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import io.hakmem.slab.BlockPoison;
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

  // push and pop are written out instead of calling smaller methods, because a method of more than
  // 325 bytes of byte code is not inlined into its callers. With these two inside, a caller reaches
  // the compiler's limit of nodes, and what comes last, though tiny, stays a call: up to 10 ns.
  //
  // The masks change nothing, but tell the compiler that no address is negative: it then has no
  // bounds to check, and makes one address of a base and a constant.

  /** See {@link FreePath#goesBySize}: the header is what this path looks at. */
  public static boolean goesBySize(long user) {
    return false;
  }

  /** See {@link FreePath#push}. */
  public static boolean push(long cache, int sizeClass, long base) {
    long mine = cache & ADDRESS_MASK;
    long list = mine + ((long) (sizeClass & CLASS_MASK) << CacheLayout.HOT_SHIFT);
    int left = getInt(list + CacheLayout.FREES_LEFT) - 1;
    if (left < 0) {
      return false;
    }
    int epoch = BlockRecords.epoch();
    long block = base & ADDRESS_MASK;
    long entry = BlockRecords.entry(block);
    long record = BlockRecords.recordOf(entry, block);
    int live = BlockRecords.word(epoch, BlockRecords.LIVE, block);
    if (getInt(record) != live
        || !BlockRecords.isOf(entry, sizeClass, getInt(mine + CacheLayout.ALLOCATOR))) {
      return CheckedSlow.push(cache, sizeClass, base);
    }
    int usable = BlockRecords.strideOf(entry) - HEADER_BYTES;
    int requested = BlockRecords.requested(record);
    if (Poison.slackChanged(block + HEADER_BYTES, requested, usable) != 0) {
      return CheckedSlow.refuseOverrun(cache, sizeClass, base, record, live);
    }
    if (!RawMemory.compareAndSetInt(record, live, BlockRecords.with(live, BlockRecords.HELD))) {
      return CheckedSlow.push(cache, sizeClass, base);
    }
    putLong(record + BlockRecords.FREED_AT, getLong(mine + CacheLayout.SIGNATURE));
    if (getInt(record + BlockRecords.ALLOCATED_AT) != Stacks.NONE) {
      Stacks.freedSlow(record + BlockRecords.FREED_AT);
    }
    BlockPoison.fill(block + HEADER_BYTES, usable, requested);
    putByte(block, (byte) ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP));
    if (Quarantine.isOn()) {
      Quarantine.add(cache, sizeClass, base, record, epoch);
    } else {
      long head = getLong(list + CacheLayout.HEAD);
      putLong(record + BlockRecords.NEXT, head);
      putLong(block + HEADER_BYTES, head);
      // Release: whoever sees that it is free sees that it is filled.
      putIntRelease(record, BlockRecords.with(live, BlockRecords.FREE));
      putLong(list + CacheLayout.HEAD, block);
    }
    putInt(list + CacheLayout.FREES_LEFT, left);
    return true;
  }

  /** As the end of {@link #push}, for a block that was adopted and may be dirty everywhere. */
  static void freed(long cache, int sizeClass, long base, long record, int epoch) {
    putLong(record + BlockRecords.FREED_AT, getLong(cache + CacheLayout.SIGNATURE));
    int usable = SizeClasses.usableBytes(sizeClass);
    BlockPoison.fill((base + HEADER_BYTES) & ADDRESS_MASK, usable, usable);
    putByte(base, (byte) ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP));
    Quarantine.add(cache, sizeClass, base, record, epoch);
  }

  /** See {@link FreePath#pop}. */
  public static long pop(long cache, int sizeClass, long requested) {
    long mine = cache & ADDRESS_MASK;
    long list = mine + ((long) (sizeClass & CLASS_MASK) << CacheLayout.HOT_SHIFT);
    int left = getInt(list + CacheLayout.ALLOCATES_LEFT) - 1;
    if (left < 0) {
      return 0;
    }
    long base = getLong(list + CacheLayout.HEAD) & ADDRESS_MASK;
    int epoch = BlockRecords.epoch();
    long entry = BlockRecords.entry(base);
    long record = BlockRecords.recordOf(entry, base);
    int free = BlockRecords.word(epoch, BlockRecords.FREE, base);
    if (getInt(record) != free
        || !BlockRecords.isOf(entry, sizeClass, getInt(mine + CacheLayout.ALLOCATOR))) {
      return CheckedSlow.pop(cache, sizeClass, requested);
    }
    int usable = SizeClasses.usableBytes(sizeClass & CLASS_MASK);
    CheckOptions.Poison part = BlockPoison.part();
    long user = base + HEADER_BYTES;
    long next = getLong(record + BlockRecords.NEXT);
    int header = (getByte(base) & 0xFF) ^ (LIVE_MAGIC + sizeClass) ^ FREE_FLIP;
    if (((getLong(user) ^ next) | header | BlockPoison.changed(part, user, usable)) != 0) {
      return CheckedSlow.pop(cache, sizeClass, requested);
    }
    // Live before anything in it changes: the sweep, which may look at it at this moment, believes
    // only what it saw while the block was free.
    int live = BlockRecords.with(free, BlockRecords.LIVE);
    putLong(record, BlockRecords.pair(live, (int) requested));
    VarHandle.storeStoreFence();
    putLong(list + CacheLayout.HEAD, next);
    putInt(list + CacheLayout.ALLOCATES_LEFT, left);
    putByte(base, (byte) (LIVE_MAGIC + sizeClass));
    if (part == CheckOptions.Poison.ALL) {
      // All but the link is canary already.
      Poison.fillLink(user);
    } else {
      Poison.fillSlack(user, (int) requested, usable);
    }
    putLong(record + BlockRecords.ALLOCATED_AT, getLong(mine + CacheLayout.SIGNATURE));
    int toStack = getInt(mine + CacheLayout.STACK_COUNTDOWN) - 1;
    putInt(mine + CacheLayout.STACK_COUNTDOWN, toStack);
    if (toStack < 0) {
      Stacks.allocatedSlow(cache, record + BlockRecords.ALLOCATED_AT);
    }
    return user;
  }

  /** As the end of {@link #pop}, for a block of which nothing was known. */
  static void allocated(long cache, long base, long record, int epoch, long requested) {
    int word = BlockRecords.word(epoch, BlockRecords.LIVE, base);
    putLong(record, BlockRecords.pair(word, (int) requested));
    putLong(record + BlockRecords.ALLOCATED_AT, getLong(cache + CacheLayout.SIGNATURE));
    int toStack = getInt(cache + CacheLayout.STACK_COUNTDOWN) - 1;
    putInt(cache + CacheLayout.STACK_COUNTDOWN, toStack);
    if (toStack < 0) {
      Stacks.allocatedSlow(cache, record + BlockRecords.ALLOCATED_AT);
    }
  }

  /** See {@link FreePath#checks}. */
  public static boolean checks() {
    return true;
  }

  /** See {@link FreePath#resized}. */
  public static void resized(long block, long user, long requested) {
    CheckedBlocks.resized(block, user, requested);
  }

  /** See {@link FreePath#checkSize}. */
  public static boolean checkSize(long user, long size) {
    return CheckedBlocks.checkSize(user, size);
  }
}
