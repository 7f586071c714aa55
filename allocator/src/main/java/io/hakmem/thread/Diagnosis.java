package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.ALIGNMENT;
import static io.hakmem.config.BlockLayout.FREE_FLIP;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;

import io.hakmem.config.SizeClasses;
import io.hakmem.slab.BlockRecords;
import io.hakmem.slab.SlabRegistry;
import io.hakmem.thread.InvalidFrees.Kind;
import io.hakmem.thread.InvalidFrees.Misuse;
import org.jspecify.annotations.Nullable;

/**
 * Says what is wrong with an address that was given to free, and what is known of the block there
 * or of the nearest one. Reads nothing that is not mapped, changes nothing.
 */
final class Diagnosis {

  private Diagnosis() {}

  /**
   * @param header the byte in front of the address as it was read
   * @param owner id of the allocator that the address was given to
   */
  static Misuse ofFree(long address, int header, int owner) {
    long base = address - HEADER_BYTES;
    long area = BlockRecords.find(base);
    if (area != 0) {
      return inSlab(area, address, header, owner);
    }
    CheckedLarge.Block large = CheckedLarge.at(address);
    if (large != null) {
      return inLarge(large, address, header, owner);
    }
    long user = SlabRegistry.findLarge(base);
    if (user != 0) {
      Kind kind = kindInside(address, user);
      return Misuse.of(kind, address, header, -1)
          .with("\n  inside the block at 0x%x".formatted(user));
    }
    long retired = BlockRecords.findRetired(base);
    if (retired != 0) {
      return inRetired(retired, address, header);
    }
    return Misuse.of(Kind.NOT_A_BLOCK, address, header, -1).with(nearby(address));
  }

  private static Kind kindInside(long address, long user) {
    if (address == user) {
      return Kind.HEADER_CORRUPTED;
    }
    return address % ALIGNMENT != 0 ? Kind.MISALIGNED : Kind.INTERIOR;
  }

  private static Misuse inSlab(long area, long address, int header, int owner) {
    int epoch = BlockRecords.epoch();
    long base = BlockRecords.nearest(area, address - HEADER_BYTES);
    long record = BlockRecords.record(area, base);
    long user = base + HEADER_BYTES;
    int state = BlockRecords.state(getInt(record), epoch);
    boolean exact = address == user || address == user + BlockRecords.alignedBy(record);
    if (!exact || (state != BlockRecords.LIVE && !wasUsed(record))) {
      // No block was ever there in this slab's life, but maybe in that of the one before.
      long retired = BlockRecords.findRetired(address - HEADER_BYTES);
      if (retired != 0 && wasFreed(retired, address, epoch)) {
        return inRetired(retired, address, header);
      }
    }
    Kind kind;
    if (!exact) {
      kind = kindInside(address, user);
    } else if (state == BlockRecords.UNKNOWN) {
      return unknown(area, record, address, header, epoch);
    } else if (state != BlockRecords.LIVE) {
      kind = wasUsed(record) ? Kind.DOUBLE_FREE : Kind.NOT_A_BLOCK;
    } else if (BlockRecords.owner(area) != owner) {
      kind = Kind.NOT_A_BLOCK;
    } else {
      kind = Kind.HEADER_CORRUPTED;
    }
    String other = BlockRecords.owner(area) == owner ? "" : "\n  it belongs to another allocator";
    String front = kind == Kind.HEADER_CORRUPTED ? inFront(area, base, epoch) : "";
    return Misuse.of(kind, address, header, BlockRecords.sizeClass(area))
        .with(block(area, base, record, epoch) + other + front, record, epoch);
  }

  /** Who is freeing it at this moment may not have signed yet, but who allocated it has. */
  private static boolean wasUsed(long record) {
    return getInt(record + BlockRecords.FREED_BY) != 0
        || getInt(record + BlockRecords.ALLOCATED_BY) != 0;
  }

  /** What is not known was handed out by another path, or never in this slab's life. */
  private static Misuse unknown(long area, long record, long address, int header, int epoch) {
    long retired = BlockRecords.findRetired(address - HEADER_BYTES);
    if (retired != 0 && wasFreed(retired, address, epoch)) {
      return inRetired(retired, address, header);
    }
    int sizeClass = BlockRecords.sizeClass(area);
    boolean free = header == ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP);
    Kind kind = Kind.HEADER_CORRUPTED;
    if (BlockRecords.knowsAll(area, epoch)) {
      kind = Kind.NOT_A_BLOCK;
    } else if (free) {
      kind = Kind.DOUBLE_FREE;
    }
    return Misuse.of(kind, address, header, sizeClass)
        .with(block(area, address - HEADER_BYTES, record, epoch));
  }

  /** What is known of an address that a closed allocator is to free, if it was one of its own. */
  static Misuse ofClosed(long address) {
    long area = BlockRecords.findRetired(address - HEADER_BYTES);
    if (area != 0 && Closed.contains(BlockRecords.owner(area))) {
      return inRetired(area, address, 0);
    }
    CheckedLarge.Block large = CheckedLarge.at(address);
    return large != null && Closed.contains(large.owner)
        ? large.misuse(Kind.CLOSED, address, 0)
        : Misuse.of(Kind.CLOSED, address, 0, -1);
  }

  private static boolean wasFreed(long retired, long address, int epoch) {
    long record = BlockRecords.record(retired, address - HEADER_BYTES);
    return record != 0 && BlockRecords.state(getInt(record), epoch) != BlockRecords.UNKNOWN;
  }

  private static Misuse inRetired(long area, long address, int header) {
    int epoch = BlockRecords.epoch();
    int sizeClass = BlockRecords.sizeClass(area);
    long record = BlockRecords.record(area, address - HEADER_BYTES);
    if (Closed.contains(BlockRecords.owner(area))) {
      return Misuse.of(Kind.CLOSED, address, header, sizeClass).with("", record, epoch);
    }
    if (record == 0 || !wasFreed(area, address, epoch)) {
      return Misuse.of(Kind.NOT_A_BLOCK, address, header, sizeClass).with(nearby(address));
    }
    return Misuse.of(Kind.DOUBLE_FREE, address, header, sizeClass)
        .with("\n  the memory around it was given back since", record, epoch);
  }

  private static Misuse inLarge(CheckedLarge.Block block, long address, int header, int owner) {
    Kind kind;
    if (address != block.user && address != block.aligned) {
      kind = kindInside(address, block.user);
    } else if (Closed.contains(block.owner)) {
      kind = Kind.CLOSED;
    } else if (block.state() != BlockRecords.LIVE) {
      kind = Kind.DOUBLE_FREE;
    } else {
      kind = block.owner != owner ? Kind.NOT_A_BLOCK : Kind.HEADER_CORRUPTED;
    }
    return block.misuse(kind, address, header);
  }

  /** One line about a block. */
  static String block(long area, long base, long record, int epoch) {
    int state = BlockRecords.state(getInt(record), epoch);
    String requested =
        state == BlockRecords.UNKNOWN || BlockRecords.requested(record) == 0
            ? ""
            : ", %d requested".formatted(BlockRecords.userRequested(record));
    return "\n  block 0x%x of %d bytes, class C%d%s, %s"
        .formatted(
            base + HEADER_BYTES,
            SizeClasses.usableBytes(BlockRecords.sizeClass(area)),
            BlockRecords.sizeClass(area),
            requested,
            stateName(state));
  }

  private static String stateName(int state) {
    return switch (state) {
      case BlockRecords.UNKNOWN -> "handed out before the checked path was there, or never";
      case BlockRecords.LIVE -> "in use";
      case BlockRecords.LOST, BlockRecords.REPORTED -> "reported before";
      default -> "free";
    };
  }

  /** The block in front is the first that comes into question where a header was overwritten. */
  static String inFront(long area, long base, int epoch) {
    long before = base - SizeClasses.stride(BlockRecords.sizeClass(area));
    long record = BlockRecords.record(area, before);
    if (record == 0) {
      return "";
    }
    return "\n  in front of it:" + block(area, before, record, epoch) + allocation(record, epoch);
  }

  private static String allocation(long record, int epoch) {
    String at = allocatedAt(record, epoch);
    return at.isEmpty() ? "" : "\n  which was allocated by " + at;
  }

  private static String nearby(long address) {
    long area = BlockRecords.nearestArea(address);
    if (area == 0) {
      return "";
    }
    long base = BlockRecords.nearest(area, address);
    long record = BlockRecords.record(area, base);
    return "\n  %d bytes from the nearest:".formatted(address - HEADER_BYTES - base)
        + block(area, base, record, BlockRecords.epoch());
  }

  static String allocatedAt(long record, int epoch) {
    int state = record == 0 ? BlockRecords.UNKNOWN : BlockRecords.state(getInt(record), epoch);
    if (state == BlockRecords.UNKNOWN || BlockRecords.allocatedBy(record) == 0) {
      return "";
    }
    return by(BlockRecords.allocatedBy(record), getInt(record + BlockRecords.ALLOCATED_AT));
  }

  static String freedAt(long record, int epoch) {
    int state = record == 0 ? BlockRecords.UNKNOWN : BlockRecords.state(getInt(record), epoch);
    if (state == BlockRecords.UNKNOWN
        || state == BlockRecords.LIVE
        || getInt(record + BlockRecords.FREED_BY) == 0) {
      return "";
    }
    return by(getInt(record + BlockRecords.FREED_BY), getInt(record + BlockRecords.FREED_AT));
  }

  static String by(int thread, int stack) {
    return "thread #" + thread + name(thread) + Stacks.text(stack);
  }

  /** The name, if it is a platform thread that is still there. */
  private static String name(int id) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group != null && group.getParent() != null) {
      group = group.getParent();
    }
    if (group == null) {
      return "";
    }
    @Nullable Thread[] threads = new @Nullable Thread[2 * group.activeCount() + 8];
    group.enumerate(threads);
    for (Thread thread : threads) {
      if (thread != null && thread.threadId() == id) {
        return " \"" + thread.getName() + "\"";
      }
    }
    return "";
  }

  /** The header of what can be read there. */
  static int headerAt(long base) {
    return BlockRecords.find(base) != 0 || SlabRegistry.findReadable(base)
        ? getByte(base) & 0xFF
        : 0;
  }
}
