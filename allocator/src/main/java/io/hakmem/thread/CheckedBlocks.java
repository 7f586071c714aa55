package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.ALIGNED_HEADER;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.config.BlockLayout.MAGIC_MASK;
import static io.hakmem.config.BlockLayout.MAPPED_HEADER;
import static io.hakmem.config.BlockLayout.SPAN_HEADER;
import static io.hakmem.memory.RawMemory.getInt;

import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import io.hakmem.slab.BlockPoison;
import io.hakmem.slab.BlockRecords;
import io.hakmem.slab.Poison;
import io.hakmem.slab.SlabRegistry;
import io.hakmem.thread.InvalidFrees.Kind;
import io.hakmem.thread.InvalidFrees.Misuse;

/**
 * What the checked path knows of the blocks that a user has: sizes, and whether an address may be
 * freed that no list of a class takes. Thread-safe.
 */
public final class CheckedBlocks {

  private CheckedBlocks() {}

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

  /** Where whole blocks are filled, the slack stays so for as long as the block is in use. */
  static void fillSlack(long from, long to) {
    if (BlockPoison.isAll()) {
      Poison.fill(from, to);
    } else {
      Poison.fillSlackExactly(from, to);
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
      CheckedSlow.condemn(record, epoch);
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
    CheckedSlow.condemn(misuse, record, epoch);
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
