package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.FREE_FLIP;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.memory.RawMemory.compareAndSetInt;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putInt;

import io.hakmem.config.SizeClasses;
import io.hakmem.slab.BlockPoison;
import io.hakmem.slab.BlockRecords;
import io.hakmem.slab.Poison;
import io.hakmem.thread.InvalidFrees.Kind;
import io.hakmem.thread.InvalidFrees.Misuse;
import org.jspecify.annotations.Nullable;

/**
 * Whether free blocks are as the checked path left them, and what happened to those that are not.
 * Blocks are looked at as they come up, by the sweep, in the quarantine, and when their slab goes
 * back.
 */
final class CheckedFree {

  private CheckedFree() {}

  static boolean isIntact(int sizeClass, long base, long record) {
    return getLong(base + HEADER_BYTES) == getLong(record + BlockRecords.NEXT)
        && (getByte(base) & 0xFF) == ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP)
        && BlockPoison.holds(base, SizeClasses.stride(sizeClass));
  }

  /** What happened to a free block that is not as it was left. */
  static Misuse damage(int sizeClass, long base, long record, int epoch, long next) {
    long area = BlockRecords.find(base);
    int header = getByte(base) & 0xFF;
    String block = Diagnosis.block(area, base, record, epoch);
    long user = base + HEADER_BYTES;
    boolean link =
        BlockRecords.state(getInt(record), epoch) == BlockRecords.CONDEMNED
            || getLong(user) != next;
    boolean poison = BlockPoison.holds(base, SizeClasses.stride(sizeClass));
    if (!link && poison) {
      return Misuse.of(Kind.HEADER_CORRUPTED, user, header, sizeClass)
          .with(block + Diagnosis.inFront(area, base, epoch), record, epoch);
    }
    long end = base + SizeClasses.stride(sizeClass);
    long changed = link ? user : Poison.firstChanged(user + Long.BYTES, end);
    int requested = BlockRecords.requested(record);
    // Slack is not filled again at a free, so a write to it may have come before.
    boolean behind = requested > 0 && changed - user >= requested && BlockPoison.isAll();
    return Misuse.of(behind ? Kind.OVERRUN : Kind.WRITE_AFTER_FREE, user, header, sizeClass)
        .with(block + "\n  byte %d of it was written".formatted(changed - user), record, epoch);
  }

  /** Looks for the last time at a block whose slab goes back. */
  static void released(long area, long base, long record) {
    int epoch = BlockRecords.epoch();
    int state = BlockRecords.state(getInt(record), epoch);
    int sizeClass = BlockRecords.sizeClass(area);
    boolean damaged =
        state == BlockRecords.CONDEMNED
            || (state == BlockRecords.FREE
                && !BlockPoison.holds(base, SizeClasses.stride(sizeClass)));
    if (damaged && BlockRecords.isTrue(epoch)) {
      Misuse misuse = damage(sizeClass, base, record, epoch, getLong(base + HEADER_BYTES));
      putInt(record, BlockRecords.word(epoch, BlockRecords.LOST, base));
      InvalidFrees.tellLater(misuse);
    }
  }

  /**
   * Looks at a block of the quarantine; a damaged one will be left out when it comes up.
   *
   * @return what is to be reported
   */
  static @Nullable Misuse verifyHeld(int sizeClass, long base, long record) {
    int epoch = BlockRecords.epoch();
    int held = BlockRecords.word(epoch, BlockRecords.HELD, base);
    if (epoch == 0 || getInt(record) != held) {
      return null;
    }
    boolean intact =
        getLong(base + HEADER_BYTES) == 0
            && (getByte(base) & 0xFF) == ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP)
            && BlockPoison.holds(base, SizeClasses.stride(sizeClass));
    if (!intact && BlockRecords.isTrue(epoch)) {
      Misuse misuse = damage(sizeClass, base, record, epoch, 0);
      if (compareAndSetInt(record, held, BlockRecords.word(epoch, BlockRecords.REPORTED, base))) {
        return misuse;
      }
    }
    return null;
  }

  /** Looks at a free block that is on any list, from any thread. */
  static void sweep(long area, long base, long record) {
    int epoch = BlockRecords.epoch();
    int free = BlockRecords.word(epoch, BlockRecords.FREE, base);
    int swept = BlockRecords.word(epoch, BlockRecords.SWEPT, base);
    if (epoch == 0 || getInt(record) != free || !compareAndSetInt(record, free, swept)) {
      return;
    }
    int sizeClass = BlockRecords.sizeClass(area);
    // Not at the link, which the list's owner may be changing.
    boolean intact =
        (getByte(base) & 0xFF) == ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP)
            && BlockPoison.holds(base, SizeClasses.stride(sizeClass));
    if (intact || !BlockRecords.isTrue(epoch)) {
      compareAndSetInt(record, swept, free);
      return;
    }
    Misuse misuse = damage(sizeClass, base, record, epoch, getLong(base + HEADER_BYTES));
    // A thread that took the block meanwhile has made it live, and what was seen was its own.
    if (!compareAndSetInt(record, swept, BlockRecords.word(epoch, BlockRecords.REPORTED, base))) {
      return;
    }
    InvalidFrees.tellLater(misuse);
  }
}
