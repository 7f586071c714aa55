package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.memory.RawMemory.compareAndSetInt;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getIntAcquire;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putByte;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLong;

import io.hakmem.config.SizeClasses;
import io.hakmem.slab.BlockLinks;
import io.hakmem.slab.BlockRecords;
import io.hakmem.slab.Poison;
import io.hakmem.thread.InvalidFrees.Kind;
import io.hakmem.thread.InvalidFrees.Misuse;

/**
 * What the checked path does with everything that is not as its records say: adopts blocks that
 * another path handed out or took back, and reports the rest. A block that was reported is never
 * used again.
 *
 * <p>A report is made only if the checked path was still live after the evidence was read, so that
 * what other paths did since a swap is no misuse.
 */
final class CheckedSlow {

  private CheckedSlow() {}

  /** The push of a block that can't simply be taken. */
  static boolean push(long cache, int sizeClass, long base) {
    int epoch = BlockRecords.epoch();
    if (epoch == 0 || getInt(cache + CacheLayout.PRIVATE) != 0) {
      return pushUnrecorded(cache, sizeClass, base);
    }
    int owner = getInt(cache + CacheLayout.ALLOCATOR);
    long area = BlockRecords.find(base);
    long record = BlockRecords.record(area, base);
    if (record != 0
        && BlockRecords.sizeClass(area) == sizeClass
        && BlockRecords.owner(area) == owner
        && (getByte(base) & 0xFF) == LIVE_MAGIC + sizeClass
        && !BlockRecords.knowsAll(area, epoch)
        && adopt(base, record, epoch)) {
      CheckedPush.freed(cache, sizeClass, base, record, epoch);
      long left = CacheLayout.hot(cache, sizeClass) + CacheLayout.FREES_LEFT;
      putInt(left, getInt(left) - 1);
      return true;
    }
    Misuse misuse = Diagnosis.ofFree(base + HEADER_BYTES, Diagnosis.headerAt(base), owner);
    if (!BlockRecords.isTrue(epoch)) {
      return pushUnrecorded(cache, sizeClass, base);
    }
    condemn(misuse, record, epoch);
    InvalidFrees.report(cache, misuse);
    return true;
  }

  /** A block that is not the one that was meant stays what it is. */
  static void condemn(Misuse misuse, long record, int epoch) {
    if (misuse.kind() == Kind.HEADER_CORRUPTED || misuse.kind() == Kind.DOUBLE_FREE) {
      if (record != 0) {
        condemn(record, epoch);
      } else {
        CheckedLarge.condemn(misuse.address());
      }
    }
  }

  /** Makes the block of an earlier epoch a held one of this, unless another thread is faster. */
  private static boolean adopt(long base, long record, int epoch) {
    int word = getInt(record);
    if (BlockRecords.state(word, epoch) != BlockRecords.UNKNOWN
        || !compareAndSetInt(record, word, BlockRecords.word(epoch, BlockRecords.HELD, base))) {
      return false;
    }
    putInt(record + BlockRecords.REQUESTED, 0);
    putInt(record + BlockRecords.ALLOCATED_AT, 0);
    putInt(record + BlockRecords.ALLOCATED_BY, 0);
    return true;
  }

  /** Keeps a block that is to be reported from being used again. */
  static void condemn(long record, int epoch) {
    if (record == 0) {
      return;
    }
    int word = getInt(record);
    int state = BlockRecords.state(word, epoch);
    if (state == BlockRecords.SWEPT) {
      // The one thread that looks at it is done in a moment.
      Thread.onSpinWait();
      condemn(record, epoch);
    } else if (state == BlockRecords.LIVE) {
      compareAndSetInt(record, word, BlockRecords.with(word, BlockRecords.LOST));
    } else if (state == BlockRecords.FREE || state == BlockRecords.HELD) {
      compareAndSetInt(record, word, BlockRecords.with(word, BlockRecords.REPORTED));
    }
  }

  /** While nothing is recorded, or in a probe: what the header alone can tell. */
  private static boolean pushUnrecorded(long cache, int sizeClass, long base) {
    boolean isPrivate = getInt(cache + CacheLayout.PRIVATE) != 0;
    if (!isPrivate && BlockRecords.find(base) == 0) {
      InvalidFrees.report(cache, Misuse.of(Kind.NOT_A_BLOCK, base + HEADER_BYTES, 0, -1));
      return true;
    }
    boolean pushed = GuardedPush.push(cache, sizeClass, base);
    if (isPrivate && pushed) {
      // This is how a probe tells this path from the guarded one.
      Poison.fill(base + HEADER_BYTES + Long.BYTES, base + SizeClasses.stride(sizeClass));
    }
    return pushed;
  }

  /** The end of a push whose block is held back. */
  static boolean hold(long cache, int sizeClass, long base, long record) {
    if (getInt(record + BlockRecords.ALLOCATED_AT) != Stacks.NONE) {
      Stacks.freedSlow(record + BlockRecords.FREED_AT);
    }
    Quarantine.add(cache, sizeClass, base, record, BlockRecords.epoch());
    return true;
  }

  /** The push of a block that was taken and found to be damaged: its header, or its slack. */
  static boolean refuseDamaged(long cache, int sizeClass, long base, long record, int live) {
    compareAndSetInt(record, BlockRecords.with(live, BlockRecords.HELD), live);
    return (getByte(base) & 0xFF) == LIVE_MAGIC + sizeClass
        ? refuseOverrun(cache, sizeClass, base, record, live)
        : push(cache, sizeClass, base);
  }

  /** The push of a block behind whose requested size somebody wrote. */
  static boolean refuseOverrun(long cache, int sizeClass, long base, long record, int live) {
    int epoch = BlockRecords.epoch();
    if (!BlockRecords.isTrue(epoch) || live != BlockRecords.word(epoch, BlockRecords.LIVE, base)) {
      return pushUnrecorded(cache, sizeClass, base);
    }
    Misuse misuse = overrun(sizeClass, base, record, epoch);
    if (!compareAndSetInt(record, live, BlockRecords.with(live, BlockRecords.LOST))) {
      return push(cache, sizeClass, base);
    }
    InvalidFrees.report(cache, misuse);
    return true;
  }

  private static Misuse overrun(int sizeClass, long base, long record, int epoch) {
    int requested = BlockRecords.requested(record);
    long from = base + HEADER_BYTES + requested;
    long changed = Poison.firstChanged(from, base + SizeClasses.stride(sizeClass));
    String details =
        Diagnosis.block(BlockRecords.find(base), base, record, epoch)
            + "\n  byte %d was overwritten, %d behind the end"
                .formatted(changed - base - HEADER_BYTES, changed - from);
    return Misuse.of(Kind.OVERRUN, base + HEADER_BYTES, getByte(base) & 0xFF, sizeClass)
        .with(details, record, epoch);
  }

  /** The pop of a block that can't simply be handed out. */
  static long pop(long cache, int sizeClass, long requested) {
    long list = CacheLayout.hot(cache, sizeClass);
    while (getInt(list + CacheLayout.ALLOCATES_LEFT) > 0) {
      int epoch = BlockRecords.epoch();
      if (epoch == 0) {
        return FreeList.pop(cache, sizeClass);
      }
      long base = getLong(list + CacheLayout.HEAD) & ADDRESS_MASK;
      long area = BlockRecords.find(base);
      long record = BlockRecords.record(area, base);
      if (record == 0 || BlockRecords.sizeClass(area) != sizeClass) {
        loseList(cache, sizeClass, base, epoch);
        return 0;
      }
      int state = BlockRecords.state(getIntAcquire(record), epoch);
      if (state == BlockRecords.SWEPT) {
        Thread.onSpinWait();
        continue;
      }
      if (state == BlockRecords.UNKNOWN) {
        return popUnknown(cache, sizeClass, base, record, requested);
      }
      if (state == BlockRecords.FREE && CheckedFree.isIntact(sizeClass, base, record)) {
        return CheckedPush.pop(cache, sizeClass, requested);
      }
      if (state != BlockRecords.FREE
          && state != BlockRecords.CONDEMNED
          && state != BlockRecords.REPORTED) {
        loseList(cache, sizeClass, base, epoch);
        return 0;
      }
      leaveOut(cache, sizeClass, base, record, epoch);
    }
    return 0;
  }

  /** A block that another path took back: only its link can be looked at. */
  private static long popUnknown(
      long cache, int sizeClass, long base, long record, long requested) {
    int epoch = BlockRecords.epoch();
    long next = getLong(base + HEADER_BYTES);
    if (!BlockLinks.isLink(BlockRecords.find(base), next)) {
      loseList(cache, sizeClass, base, epoch);
      return 0;
    }
    long list = CacheLayout.hot(cache, sizeClass);
    int stride = SizeClasses.stride(sizeClass);
    putLong(list + CacheLayout.HEAD, next);
    putInt(list + CacheLayout.ALLOCATES_LEFT, getInt(list + CacheLayout.ALLOCATES_LEFT) - 1);
    putByte(base, (byte) (LIVE_MAGIC + sizeClass));
    CheckedBlocks.fillSlack(base + HEADER_BYTES + requested, base + stride);
    putInt(record + BlockRecords.FREED_AT, Stacks.NONE);
    putInt(record + BlockRecords.FREED_BY, 0);
    CheckedPush.allocated(cache, base, record, epoch, requested);
    return base + HEADER_BYTES;
  }

  /** Takes the first block off the list, never to be used again, and reports it if it is news. */
  private static void leaveOut(long cache, int sizeClass, long base, long record, int epoch) {
    boolean news =
        BlockRecords.state(getInt(record), epoch) != BlockRecords.REPORTED
            && BlockRecords.isTrue(epoch);
    long next = getLong(record + BlockRecords.NEXT);
    Misuse misuse = news ? CheckedFree.damage(sizeClass, base, record, epoch, next) : null;
    long list = CacheLayout.hot(cache, sizeClass);
    putLong(list + CacheLayout.HEAD, next);
    putInt(list + CacheLayout.ALLOCATES_LEFT, getInt(list + CacheLayout.ALLOCATES_LEFT) - 1);
    putInt(record, BlockRecords.word(epoch, BlockRecords.LOST, base));
    if (misuse != null) {
      InvalidFrees.report(cache, misuse);
    }
  }

  /** Gives up a list whose blocks can't be followed any further. */
  private static void loseList(long cache, int sizeClass, long base, int epoch) {
    boolean news = BlockRecords.isTrue(epoch);
    int lost = Accounts.abandon(cache, sizeClass);
    if (news) {
      InvalidFrees.report(
          cache,
          Misuse.of(Kind.LIST_CORRUPTED, base + HEADER_BYTES, Diagnosis.headerAt(base), sizeClass)
              .with("\n  %d free blocks of class C%d are lost".formatted(lost, sizeClass)));
    }
  }
}
