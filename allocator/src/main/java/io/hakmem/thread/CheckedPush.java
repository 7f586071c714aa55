package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.BlockLayout.ALIGNMENT;
import static io.hakmem.config.BlockLayout.CLASS_MASK;
import static io.hakmem.config.BlockLayout.FREE_FLIP;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.config.CheckOptions.EDGE_BYTES;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putByte;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putIntRelease;
import static io.hakmem.memory.RawMemory.putLong;
import static io.hakmem.slab.Poison.OFFSET_MASK;
import static java.util.Objects.checkIndex;

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

  private static final int LIVE_TO_HELD = BlockRecords.LIVE ^ BlockRecords.HELD;
  private static final int LIVE_TO_FREE = BlockRecords.LIVE ^ BlockRecords.FREE;

  /** Bytes of a block from which on a loop fills it, and 64 bytes at the end. */
  private static final int LONG_RUN = 2 * Long.BYTES + EDGE_BYTES;

  /**
   * Bytes between the link and the next cache line in a block whose stride is a multiple of 64:
   * what a loop reads before it reads whole lines. With that and a number of lines nothing is left
   * for the odd words' loop of the compiler.
   */
  private static final int TO_LINE = 5 * Long.BYTES;

  private CheckedPush() {}

  /**
   * See {@link FreePath#header}; 0 where no allocator has memory. In a slab the class is known
   * without reading the block, which may be a miss that the free would have to wait for: whether
   * its header says so too, {@link #push} looks later. Only an address that was aligned has another
   * one there, and that is a multiple of 32.
   */
  public static int header(long base) {
    int sizeClass = BlockRecords.classOf(BlockRecords.entry(base));
    if (sizeClass >= 0 && (base & ALIGNMENT) == 0) {
      return LIVE_MAGIC + sizeClass;
    }
    return sizeClass >= 0 || SlabRegistry.findReadable(base) ? getByte(base) : 0;
  }

  // How push and pop are written is what makes them fast, by 2 of 25 ns an operation with edges
  // poisoned and 4 of 41 with whole blocks; the README has the figures.
  //
  // - They are written out instead of calling smaller methods, because a method of more than 325
  //   bytes of byte code is not inlined into its callers. With these two inside, a caller reaches
  //   the compiler's limit of nodes, and what comes last, though tiny, stays a call.
  // - Every call that is not inlined is the last thing that is done: what is needed after a call
  //   has to be in memory on the fast way too.
  // - Addresses are not kept in variables but made anew by list and user. A variable is a second
  //   value beside the compiler's pointer, and has to be there wherever it may deoptimise.
  // - Masks change nothing, but tell the compiler that no address is negative: it then has no
  //   bounds to check. So does checkIndex in loops, which it knows better than a mask.

  /** See {@link FreePath#goesBySize}: the header is what this path looks at. */
  public static boolean goesBySize(long user) {
    return false;
  }

  /** See {@link FreePath#push}. */
  public static boolean push(long cache, int sizeClass, long base) {
    int left = getInt(list(cache, sizeClass) + CacheLayout.FREES_LEFT) - 1;
    if (left < 0) {
      return false;
    }
    long entry = BlockRecords.entry(base);
    long record = BlockRecords.recordOf(entry, base);
    int live = BlockRecords.liveWord(base);
    if (!BlockRecords.isOf(entry, sizeClass, getInt((cache & ADDRESS_MASK) + CacheLayout.ALLOCATOR))
        || !RawMemory.compareAndSetInt(record, live, live ^ LIVE_TO_HELD)) {
      return CheckedSlow.push(cache, sizeClass, base);
    }
    // The block is this free's. It is read only now, so that the compare-and-set, which waits for
    // all that was read before, does not wait for its lines.
    int usable = BlockRecords.usableOf(entry);
    int requested = BlockRecords.requested(record);
    int header = (getByte(user(base) - HEADER_BYTES) & 0xFF) ^ (LIVE_MAGIC + sizeClass);
    if ((header | Poison.slackChanged(user(base), requested, usable)) != 0) {
      return CheckedSlow.refuseDamaged(cache, sizeClass, base, record, live);
    }
    putLong(
        record + BlockRecords.FREED_AT, getLong((cache & ADDRESS_MASK) + CacheLayout.SIGNATURE));
    CheckOptions.Poison part = BlockPoison.part();
    if (part == CheckOptions.Poison.EDGES && usable >= BlockPoison.TWO_EDGES) {
      Poison.fillEdge(user(base) + Long.BYTES);
      Poison.fillEdge(user(base) + ((usable - EDGE_BYTES) & OFFSET_MASK));
    } else if (part == CheckOptions.Poison.ALL && requested >= LONG_RUN) {
      int run = ((requested - 2 * Long.BYTES) & OFFSET_MASK & -EDGE_BYTES) + Long.BYTES;
      for (int at = 0; at < run; at += Long.BYTES) {
        putLong(user(base) + Long.BYTES + checkIndex(at, run), Poison.word());
      }
      Poison.fillEdge(user(base) + ((requested - EDGE_BYTES) & OFFSET_MASK));
    } else if (part != CheckOptions.Poison.OFF) {
      int bytes = part == CheckOptions.Poison.ALL ? requested : usable;
      if (bytes >= 2 * Long.BYTES) {
        Poison.fillShort(user(base) + Long.BYTES, bytes - 2 * Long.BYTES);
      } else {
        Poison.fillFew(user(base) + Long.BYTES, bytes - Long.BYTES);
      }
    }
    putByte(user(base) - HEADER_BYTES, (byte) ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP));
    putInt(list(cache, sizeClass) + CacheLayout.FREES_LEFT, left);
    if (Quarantine.isOn()) {
      return CheckedSlow.hold(cache, sizeClass, base, record);
    }
    long head = getLong(list(cache, sizeClass) + CacheLayout.HEAD);
    putLong(record + BlockRecords.NEXT, head);
    putLong(user(base), head);
    // Release: whoever sees that it is free sees that it is filled.
    putIntRelease(record, live ^ LIVE_TO_FREE);
    putLong(list(cache, sizeClass) + CacheLayout.HEAD, base);
    return getInt(record + BlockRecords.ALLOCATED_AT) == Stacks.NONE
        || Stacks.freedSlow(record + BlockRecords.FREED_AT);
  }

  /** Address that hot offsets of a class are relative to. */
  private static long list(long cache, int sizeClass) {
    return (cache & ADDRESS_MASK) + ((long) (sizeClass & CLASS_MASK) << CacheLayout.HOT_SHIFT);
  }

  private static long user(long base) {
    return (base & ADDRESS_MASK) + HEADER_BYTES;
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
    int left = getInt(list(cache, sizeClass) + CacheLayout.ALLOCATES_LEFT) - 1;
    if (left < 0) {
      return 0;
    }
    long base = getLong(list(cache, sizeClass) + CacheLayout.HEAD);
    long entry = BlockRecords.entry(base);
    long record = BlockRecords.recordOf(entry, base);
    int live = BlockRecords.liveWord(base);
    if (getInt(record) != (live ^ LIVE_TO_FREE)
        || !BlockRecords.isOf(
            entry, sizeClass, getInt((cache & ADDRESS_MASK) + CacheLayout.ALLOCATOR))) {
      return CheckedSlow.pop(cache, sizeClass, requested);
    }
    int usable = BlockRecords.usableOf(entry);
    long next = getLong(record + BlockRecords.NEXT);
    long changed =
        (getByte(user(base) - HEADER_BYTES) & 0xFF) ^ (LIVE_MAGIC + sizeClass) ^ FREE_FLIP;
    changed |= getLong(user(base)) ^ next;
    CheckOptions.Poison part = BlockPoison.part();
    if (part == CheckOptions.Poison.EDGES && usable >= BlockPoison.TWO_EDGES) {
      changed |= Poison.edgeChanged(user(base) + Long.BYTES);
      changed |= Poison.edgeChanged(user(base) + ((usable - EDGE_BYTES) & OFFSET_MASK));
    } else if (part == CheckOptions.Poison.ALL && usable >= BlockPoison.TWO_EDGES) {
      int run = ((usable - Long.BYTES - TO_LINE - 1) & OFFSET_MASK & -EDGE_BYTES) + TO_LINE;
      for (int at = 0; at < run; at += Long.BYTES) {
        changed |= getLong(user(base) + Long.BYTES + checkIndex(at, run)) ^ Poison.word();
      }
      changed |= Poison.edgeChanged(user(base) + ((usable - EDGE_BYTES) & OFFSET_MASK));
    } else if (part != CheckOptions.Poison.OFF) {
      changed |=
          usable >= 2 * Long.BYTES
              ? Poison.shortChanged(user(base) + Long.BYTES, usable - 2 * Long.BYTES)
              : Poison.fewChanged(user(base) + Long.BYTES, usable - Long.BYTES);
    }
    if (changed != 0) {
      return CheckedSlow.pop(cache, sizeClass, requested);
    }
    // Live before anything in it changes: the sweep, which may look at it at this moment, believes
    // only what it saw while the block was free.
    putLong(record, BlockRecords.pair(live, (int) requested));
    VarHandle.storeStoreFence();
    putLong(list(cache, sizeClass) + CacheLayout.HEAD, next);
    putInt(list(cache, sizeClass) + CacheLayout.ALLOCATES_LEFT, left);
    putByte(user(base) - HEADER_BYTES, (byte) (LIVE_MAGIC + sizeClass));
    if (part == CheckOptions.Poison.ALL) {
      // All but the link is canary already.
      Poison.fillLink(user(base));
    } else if (part == CheckOptions.Poison.EDGES) {
      Poison.fillSlackStart(user(base), (int) requested, usable);
    } else {
      Poison.fillSlack(user(base), (int) requested, usable);
    }
    putLong(
        record + BlockRecords.ALLOCATED_AT,
        getLong((cache & ADDRESS_MASK) + CacheLayout.SIGNATURE));
    int toStack = getInt((cache & ADDRESS_MASK) + CacheLayout.STACK_COUNTDOWN) - 1;
    putInt((cache & ADDRESS_MASK) + CacheLayout.STACK_COUNTDOWN, toStack);
    return toStack < 0
        ? Stacks.allocatedSlow(cache, record + BlockRecords.ALLOCATED_AT, base + HEADER_BYTES)
        : base + HEADER_BYTES;
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
