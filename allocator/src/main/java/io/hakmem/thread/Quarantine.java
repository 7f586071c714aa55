package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putIntRelease;
import static io.hakmem.memory.RawMemory.putLong;

import io.hakmem.config.SizeClasses;
import io.hakmem.slab.BlockRecords;
import io.hakmem.thread.InvalidFrees.Misuse;

/**
 * Holds back what was freed last, first in first out, so that a write after free hits memory that
 * is nobody's and is found. Each list has a queue of its own, linked through the blocks' records.
 *
 * <pre>
 *   cached = length of the list at HEAD + HELD
 *   HELD &lt;= CAPACITY / 4
 * </pre>
 *
 * So held blocks count as cached ones, and may go to the list at any time without any booking. Only
 * the cache's owner may call.
 */
final class Quarantine {

  /** Plain: a thread that sees a change late holds blocks a little longer or shorter. */
  private static long bytes;

  private Quarantine() {}

  /** Sets how many bytes of one class a thread holds back. */
  static void bytes(long newBytes) {
    bytes = newBytes;
  }

  static boolean isOn() {
    return bytes != 0;
  }

  static int held(long cache, int sizeClass) {
    return getInt(words(cache, sizeClass) + CacheLayout.HELD);
  }

  private static long words(long cache, int sizeClass) {
    return cache + sizeClass * (long) CacheLayout.HELD_BYTES;
  }

  /** Takes a block in whose record says held, and lets the oldest go if there are too many. */
  static void add(long cache, int sizeClass, long base, long record, int epoch) {
    int limit =
        (int) Math.min(bytes / SizeClasses.stride(sizeClass), capacity(cache, sizeClass) / 4);
    if (limit <= 0) {
      list(cache, sizeClass, base, record, epoch);
      return;
    }
    putLong(base + HEADER_BYTES, 0);
    putLong(record + BlockRecords.NEXT, 0);
    long words = words(cache, sizeClass);
    int held = getInt(words + CacheLayout.HELD);
    if (held == 0) {
      putLong(words + CacheLayout.HELD_FIRST, base);
    } else {
      long last = getLong(words + CacheLayout.HELD_LAST);
      putLong(record(last) + BlockRecords.NEXT, base);
    }
    putLong(words + CacheLayout.HELD_LAST, base);
    putInt(words + CacheLayout.HELD, held + 1);
    if (held >= limit) {
      releaseFirst(cache, sizeClass, words, epoch);
    }
  }

  private static int capacity(long cache, int sizeClass) {
    return getInt(CacheLayout.cold(cache, sizeClass) + CacheLayout.CAPACITY);
  }

  private static long record(long base) {
    return BlockRecords.record(BlockRecords.find(base), base);
  }

  private static void releaseFirst(long cache, int sizeClass, long words, int epoch) {
    long base = getLong(words + CacheLayout.HELD_FIRST);
    long record = record(base);
    putLong(words + CacheLayout.HELD_FIRST, getLong(record + BlockRecords.NEXT));
    putInt(words + CacheLayout.HELD, getInt(words + CacheLayout.HELD) - 1);
    if (getLong(base + HEADER_BYTES) != 0
        && BlockRecords.state(getInt(record), epoch) == BlockRecords.HELD) {
      // Linking it destroys the evidence.
      putInt(record, BlockRecords.word(epoch, BlockRecords.CONDEMNED, base));
    }
    list(cache, sizeClass, base, record, epoch);
  }

  /** A block of another epoch stays unknown. */
  private static void list(long cache, int sizeClass, long base, long record, int epoch) {
    long list = CacheLayout.hot(cache, sizeClass);
    long head = getLong(list + CacheLayout.HEAD);
    putLong(record + BlockRecords.NEXT, head);
    putLong(base + HEADER_BYTES, head);
    if (BlockRecords.state(getInt(record), epoch) == BlockRecords.HELD) {
      // Release: whoever sees that it is free sees that it is filled.
      putIntRelease(record, BlockRecords.word(epoch, BlockRecords.FREE, base));
    }
    putLong(list + CacheLayout.HEAD, base);
  }

  /**
   * Puts everything that is held on the list.
   *
   * @return whether there was anything
   */
  static boolean drain(long cache, int sizeClass) {
    long words = words(cache, sizeClass);
    boolean any = getInt(words + CacheLayout.HELD) > 0;
    while (getInt(words + CacheLayout.HELD) > 0) {
      releaseFirst(cache, sizeClass, words, BlockRecords.epoch());
    }
    return any;
  }

  /** Looks at what is held, which nobody else does as long as nothing is freed. */
  static void verify(long cache, int sizeClass) {
    long words = words(cache, sizeClass);
    long base = getLong(words + CacheLayout.HELD_FIRST);
    for (int i = getInt(words + CacheLayout.HELD); i > 0; i--) {
      long record = record(base);
      Misuse misuse = CheckedFree.verifyHeld(sizeClass, base, record);
      if (misuse != null) {
        // Whoever hears of it may free blocks, so the rest has to wait for the next look.
        InvalidFrees.report(cache, misuse);
        return;
      }
      base = getLong(record + BlockRecords.NEXT);
    }
  }
}
