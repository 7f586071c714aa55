package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.BlockLayout.ALIGNED_HEADER;
import static io.hakmem.config.BlockLayout.FREE_FLIP;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.config.BlockLayout.MAGIC_MASK;
import static io.hakmem.config.BlockLayout.MAPPED_HEADER;
import static io.hakmem.config.BlockLayout.SPAN_HEADER;
import static io.hakmem.memory.RawMemory.compareAndSetInt;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getIntAcquire;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putByte;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLong;

import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import io.hakmem.slab.BlockRecords;
import io.hakmem.slab.Poison;
import io.hakmem.slab.SlabRegistry;
import io.hakmem.thread.InvalidFrees.Kind;
import io.hakmem.thread.InvalidFrees.Misuse;
import org.jspecify.annotations.Nullable;

/**
 * What the checked path does with everything that is not as its records say: adopts blocks that
 * another path handed out or took back, and reports the rest. A block that was reported is never
 * used again.
 *
 * <p>A report is made only if the checked path was still live after the evidence was read, so that
 * what other paths did since a swap is no misuse.
 */
public final class CheckedSlow {

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
        && adopt(record, epoch)) {
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
  private static void condemn(Misuse misuse, long record, int epoch) {
    if (misuse.kind() == Kind.HEADER_CORRUPTED || misuse.kind() == Kind.DOUBLE_FREE) {
      if (record != 0) {
        condemn(record, epoch);
      } else {
        CheckedLarge.condemn(misuse.address());
      }
    }
  }

  /** Makes the block of an earlier epoch a held one of this, unless another thread is faster. */
  private static boolean adopt(long record, int epoch) {
    int word = getInt(record);
    if (BlockRecords.state(word, epoch) != BlockRecords.UNKNOWN
        || !compareAndSetInt(record, word, BlockRecords.word(epoch, BlockRecords.HELD))) {
      return false;
    }
    putInt(record + BlockRecords.REQUESTED, 0);
    putInt(record + BlockRecords.ALLOCATED_AT, 0);
    putInt(record + BlockRecords.ALLOCATED_BY, 0);
    return true;
  }

  /** Keeps a block that is to be reported from being used again. */
  private static void condemn(long record, int epoch) {
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
      compareAndSetInt(record, word, BlockRecords.word(epoch, BlockRecords.LOST));
    } else if (state == BlockRecords.FREE || state == BlockRecords.HELD) {
      compareAndSetInt(record, word, BlockRecords.word(epoch, BlockRecords.REPORTED));
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

  /** The push of a block behind whose requested size somebody wrote. */
  static boolean refuseOverrun(long cache, int sizeClass, long base, long record, int live) {
    int epoch = BlockRecords.epoch();
    if (!BlockRecords.isTrue(epoch) || live != BlockRecords.word(epoch, BlockRecords.LIVE)) {
      return pushUnrecorded(cache, sizeClass, base);
    }
    Misuse misuse = overrun(sizeClass, base, record, epoch);
    if (!compareAndSetInt(record, live, BlockRecords.word(epoch, BlockRecords.LOST))) {
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
      if (state == BlockRecords.FREE && isIntact(sizeClass, base, record)) {
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

  private static boolean isIntact(int sizeClass, long base, long record) {
    return getLong(base + HEADER_BYTES) == getLong(record + BlockRecords.NEXT)
        && (getByte(base) & 0xFF) == ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP)
        && BlockRecords.poisonHolds(base, SizeClasses.stride(sizeClass));
  }

  /** A block that another path took back: only its link can be looked at. */
  private static long popUnknown(
      long cache, int sizeClass, long base, long record, long requested) {
    int epoch = BlockRecords.epoch();
    long next = getLong(base + HEADER_BYTES);
    if (!BlockRecords.isLink(BlockRecords.find(base), next)) {
      loseList(cache, sizeClass, base, epoch);
      return 0;
    }
    long list = CacheLayout.hot(cache, sizeClass);
    int stride = SizeClasses.stride(sizeClass);
    putLong(list + CacheLayout.HEAD, next);
    putInt(list + CacheLayout.ALLOCATES_LEFT, getInt(list + CacheLayout.ALLOCATES_LEFT) - 1);
    putByte(base, (byte) (LIVE_MAGIC + sizeClass));
    fillSlack(base + HEADER_BYTES + requested, base + stride);
    putInt(record + BlockRecords.FREED_AT, Stacks.NONE);
    putInt(record + BlockRecords.FREED_BY, 0);
    CheckedPush.allocated(cache, record, epoch, requested);
    return base + HEADER_BYTES;
  }

  /** Looks for the last time at a block whose slab goes back. */
  static void released(long area, long base, long record) {
    int epoch = BlockRecords.epoch();
    int state = BlockRecords.state(getInt(record), epoch);
    int sizeClass = BlockRecords.sizeClass(area);
    boolean damaged =
        state == BlockRecords.CONDEMNED
            || (state == BlockRecords.FREE
                && !BlockRecords.poisonHolds(base, SizeClasses.stride(sizeClass)));
    if (damaged && BlockRecords.isTrue(epoch)) {
      Misuse misuse = damage(sizeClass, base, record, epoch, getLong(base + HEADER_BYTES));
      putInt(record, BlockRecords.word(epoch, BlockRecords.LOST));
      InvalidFrees.tellLater(misuse);
    }
  }

  /** Where whole blocks are filled, the slack stays so for as long as the block is in use. */
  private static void fillSlack(long from, long to) {
    if (BlockRecords.poisonsAll()) {
      Poison.fill(from, to);
    } else {
      Poison.fillSlackExactly(from, to);
    }
  }

  /** Takes the first block off the list, never to be used again, and reports it if it is news. */
  private static void leaveOut(long cache, int sizeClass, long base, long record, int epoch) {
    boolean news =
        BlockRecords.state(getInt(record), epoch) != BlockRecords.REPORTED
            && BlockRecords.isTrue(epoch);
    long next = getLong(record + BlockRecords.NEXT);
    Misuse misuse = news ? damage(sizeClass, base, record, epoch, next) : null;
    long list = CacheLayout.hot(cache, sizeClass);
    putLong(list + CacheLayout.HEAD, next);
    putInt(list + CacheLayout.ALLOCATES_LEFT, getInt(list + CacheLayout.ALLOCATES_LEFT) - 1);
    putInt(record, BlockRecords.word(epoch, BlockRecords.LOST));
    if (misuse != null) {
      InvalidFrees.report(cache, misuse);
    }
  }

  /** What happened to a free block that is not as it was left. */
  private static Misuse damage(int sizeClass, long base, long record, int epoch, long next) {
    long area = BlockRecords.find(base);
    int header = getByte(base) & 0xFF;
    String block = Diagnosis.block(area, base, record, epoch);
    long user = base + HEADER_BYTES;
    boolean link =
        BlockRecords.state(getInt(record), epoch) == BlockRecords.CONDEMNED
            || getLong(user) != next;
    boolean poison = BlockRecords.poisonHolds(base, SizeClasses.stride(sizeClass));
    if (!link && poison) {
      return Misuse.of(Kind.HEADER_CORRUPTED, user, header, sizeClass)
          .with(block + Diagnosis.inFront(area, base, epoch), record, epoch);
    }
    long end = base + SizeClasses.stride(sizeClass);
    long changed = link ? user : Poison.firstChanged(user + Long.BYTES, end);
    int requested = BlockRecords.requested(record);
    // Slack is not filled again at a free, so a write to it may have come before.
    boolean behind = requested > 0 && changed - user >= requested && BlockRecords.poisonsAll();
    return Misuse.of(behind ? Kind.OVERRUN : Kind.WRITE_AFTER_FREE, user, header, sizeClass)
        .with(block + "\n  byte %d of it was written".formatted(changed - user), record, epoch);
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

  /** See {@link FreePath#resized}. */
  static void resized(long block, long user, long requested) {
    int epoch = BlockRecords.epoch();
    if (epoch == 0) {
      return;
    }
    long base = block - HEADER_BYTES;
    long area = BlockRecords.find(base);
    long record = BlockRecords.record(area, base);
    if (record == 0) {
      CheckedLarge.resized(block, user, requested);
    } else if (BlockRecords.state(getInt(record), epoch) == BlockRecords.LIVE) {
      int stride = SizeClasses.stride(BlockRecords.sizeClass(area));
      long all = user - block + requested;
      BlockRecords.putRequested(record, (int) all, (int) (user - block));
      fillSlack(block + all, base + stride);
    }
  }

  /** Bytes that were asked for at an address that a user has, -1 if unknown. */
  public static long requestedAt(long user) {
    int epoch = BlockRecords.epoch();
    long area = BlockRecords.find(user - HEADER_BYTES);
    if (epoch == 0) {
      return -1;
    }
    if (area == 0) {
      return CheckedLarge.requestedAt(user);
    }
    long base = BlockRecords.nearest(area, user - HEADER_BYTES);
    long record = BlockRecords.record(area, base);
    long offset = user - base - HEADER_BYTES;
    boolean known = BlockRecords.state(getInt(record), epoch) == BlockRecords.LIVE;
    return known && offset == BlockRecords.alignedBy(record)
        ? BlockRecords.requested(record) - offset
        : -1;
  }

  /** The block that an address of a user belongs to: the same, unless it is an aligned one. */
  public static long blockAt(long user) {
    long base = user - HEADER_BYTES;
    long area = BlockRecords.find(base);
    if (area != 0) {
      return BlockRecords.nearest(area, base) + HEADER_BYTES;
    }
    long large = SlabRegistry.findLarge(base);
    return large == 0 ? user : large;
  }

  /** Says that a block is meant to live as long as the process. */
  public static void exempt(long user) {
    long block = blockAt(user);
    long area = BlockRecords.find(block - HEADER_BYTES);
    long record = BlockRecords.record(area, block - HEADER_BYTES);
    int epoch = BlockRecords.epoch();
    if (record == 0) {
      CheckedLarge.exempt(block);
    } else if (BlockRecords.state(getInt(record), epoch) == BlockRecords.LIVE) {
      BlockRecords.exempt(record);
    }
  }

  /** See {@link FreePath#checkSize}. */
  static boolean checkSize(long user, long size) {
    int epoch = BlockRecords.epoch();
    long requested = user == 0 ? -1 : requestedAt(user);
    if (requested < 0 || requested == size || !BlockRecords.isTrue(epoch)) {
      return true;
    }
    long area = BlockRecords.find(user - HEADER_BYTES);
    CheckedLarge.Block large = area == 0 ? CheckedLarge.at(user) : null;
    int header = Diagnosis.headerAt(user - HEADER_BYTES);
    String sizes = "\n  %d bytes were requested, %d were given".formatted(requested, size);
    if (large != null) {
      large.change(BlockRecords.LIVE, BlockRecords.LOST);
      Misuse misuse = large.misuse(Kind.WRONG_SIZE, user, header);
      InvalidFrees.report(misuse.with(misuse.details() + sizes));
    } else if (area != 0) {
      long base = BlockRecords.nearest(area, user - HEADER_BYTES);
      long record = BlockRecords.record(area, base);
      String block = Diagnosis.block(area, base, record, epoch);
      Misuse misuse =
          Misuse.of(Kind.WRONG_SIZE, user, header, BlockRecords.sizeClass(area))
              .with(block + sizes, record, epoch);
      condemn(record, epoch);
      InvalidFrees.report(misuse);
    }
    return false;
  }

  /**
   * Looks at a free that does not go to a list of a class: of a large or aligned block, or of none.
   *
   * @param owner id of the allocator that it was given to
   * @return whether to go on; if not, it was reported or is done
   */
  public static boolean admits(int owner, long address, int header) {
    int epoch = BlockRecords.epoch();
    if (epoch == 0) {
      return true;
    }
    boolean large = header == SPAN_HEADER || header == MAPPED_HEADER;
    if (large && CheckedLarge.admits(owner, address)) {
      return true;
    }
    if (header == ALIGNED_HEADER && isAligned(address, epoch)) {
      return true;
    }
    Misuse misuse = Diagnosis.ofFree(address, header, owner);
    if (!BlockRecords.isTrue(epoch)) {
      return BlockRecords.find(address) != 0;
    }
    refuse(misuse, epoch);
    return false;
  }

  /** Reports the free of an address by an allocator that is closed. */
  public static void refuseClosed(long address) {
    InvalidFrees.report(Diagnosis.ofClosed(address));
  }

  private static void refuse(Misuse misuse, int epoch) {
    long base = misuse.address() - HEADER_BYTES;
    long area = BlockRecords.find(base);
    long record = area == 0 ? 0 : BlockRecords.record(area, BlockRecords.nearest(area, base));
    condemn(misuse, record, epoch);
    InvalidFrees.report(misuse);
  }

  /**
   * Reports an address that was given to something else than free and is no block in use.
   *
   * @return false if it is one, or nothing is known
   */
  public static boolean refuses(int owner, long address) {
    int epoch = BlockRecords.epoch();
    if (epoch == 0 || requestedAt(address) >= 0) {
      return false;
    }
    long base = address - HEADER_BYTES;
    int header = Diagnosis.headerAt(base);
    long area = BlockRecords.find(base);
    long record = BlockRecords.record(area, base);
    boolean unknown =
        record != 0
            && BlockRecords.state(getInt(record), epoch) == BlockRecords.UNKNOWN
            && !BlockRecords.knowsAll(area, epoch)
            && (header & MAGIC_MASK) == LIVE_MAGIC;
    boolean aligned = header == ALIGNED_HEADER && isAligned(address, epoch);
    boolean large = area == 0 && CheckedLarge.admits(owner, address);
    if (unknown || aligned || large) {
      return false;
    }
    Misuse misuse = Diagnosis.ofFree(address, header, owner);
    if (BlockRecords.isTrue(epoch)) {
      refuse(misuse, epoch);
    }
    return BlockRecords.isTrue(epoch);
  }

  /**
   * Looks at a block of the quarantine; a damaged one will be left out when it comes up.
   *
   * @return what is to be reported
   */
  static @Nullable Misuse verifyHeld(int sizeClass, long base, long record) {
    int epoch = BlockRecords.epoch();
    int held = BlockRecords.word(epoch, BlockRecords.HELD);
    if (epoch == 0 || getInt(record) != held) {
      return null;
    }
    boolean intact =
        getLong(base + HEADER_BYTES) == 0
            && (getByte(base) & 0xFF) == ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP)
            && BlockRecords.poisonHolds(base, SizeClasses.stride(sizeClass));
    if (!intact && BlockRecords.isTrue(epoch)) {
      Misuse misuse = damage(sizeClass, base, record, epoch, 0);
      if (compareAndSetInt(record, held, BlockRecords.word(epoch, BlockRecords.REPORTED))) {
        return misuse;
      }
    }
    return null;
  }

  /** Looks at a free block that is on any list, from any thread. */
  static void sweep(long area, long base, long record) {
    int epoch = BlockRecords.epoch();
    int free = BlockRecords.word(epoch, BlockRecords.FREE);
    int swept = BlockRecords.word(epoch, BlockRecords.SWEPT);
    if (epoch == 0 || getInt(record) != free || !compareAndSetInt(record, free, swept)) {
      return;
    }
    int sizeClass = BlockRecords.sizeClass(area);
    // Not at the link, which the list's owner may be changing.
    boolean intact =
        (getByte(base) & 0xFF) == ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP)
            && BlockRecords.poisonHolds(base, SizeClasses.stride(sizeClass));
    if (intact || !BlockRecords.isTrue(epoch)) {
      compareAndSetInt(record, swept, free);
      return;
    }
    Misuse misuse = damage(sizeClass, base, record, epoch, getLong(base + HEADER_BYTES));
    // A thread that took the block meanwhile has made it live, and what was seen was its own.
    if (!compareAndSetInt(record, swept, BlockRecords.word(epoch, BlockRecords.REPORTED))) {
      return;
    }
    InvalidFrees.tellLater(misuse);
  }

  /** Whether an address that says aligned is the one that was handed out. */
  private static boolean isAligned(long address, int epoch) {
    long area = BlockRecords.find(address - HEADER_BYTES);
    if (area == 0) {
      return CheckedLarge.isAligned(address);
    }
    long base = BlockRecords.nearest(area, address - HEADER_BYTES);
    long record = BlockRecords.record(area, base);
    long user = base + HEADER_BYTES;
    int state = BlockRecords.state(getInt(record), epoch);
    boolean stored = RawMemory.getLong(address - 2 * Long.BYTES) == user;
    return state == BlockRecords.LIVE
        ? stored && address == user + BlockRecords.alignedBy(record)
        : state == BlockRecords.UNKNOWN && stored && address > user;
  }
}
