package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.MIN_CAPACITY;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLong;

import io.hakmem.central.Batch;
import io.hakmem.central.CentralList;
import io.hakmem.config.SizeClasses;
import io.hakmem.event.Events;
import io.hakmem.event.SlowPathFallback;
import io.hakmem.slab.Segments;

/**
 * The slow half of a thread cache: repairs the state that made the fast half give up, then lets it
 * try again. Refill, spill, statistics, sampling and events live here only.
 *
 * <p>Every method works on a cache that the caller owns. The central lists are shared.
 */
final class CacheSlow {

  /**
   * A list shorter than this is refilled when the slow half is here anyway: a grant of a few blocks
   * would soon bring it back.
   */
  private static final int LOW_WATER = 16;

  /** Up to this capacity a list grows whenever its grants run out, full or not. */
  private static final int EAGER_CAPACITY = 128;

  private final CentralList[] central;

  CacheSlow(Segments segments) {
    central = new CentralList[SizeClasses.COUNT];
    for (int sizeClass = 0; sizeClass < central.length; sizeClass++) {
      central[sizeClass] = new CentralList(sizeClass, segments);
    }
  }

  /** Prepares zeroed memory as a cache: every list empty, nothing granted. */
  static void initialize(long cache, long seed) {
    putLong(cache + CacheLayout.RANDOM, seed * 0x9E3779B97F4A7C15L | 1);
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      putInt(CacheLayout.cold(cache, sizeClass) + CacheLayout.CAPACITY, MIN_CAPACITY);
      Sampling.initialize(cache, sizeClass);
    }
  }

  /** Serves what {@link FreeList#pop} could not. */
  long allocateSlow(long cache, int sizeClass, long requested) {
    Accounts.settle(cache, sizeClass);
    boolean low = getInt(CacheLayout.cold(cache, sizeClass) + CacheLayout.CACHED) < LOW_WATER;
    if (low) {
      refill(cache, sizeClass, requested);
    }
    Accounts.grant(cache, sizeClass, 1, 0);
    long user = FreeList.pop(cache, sizeClass);
    Accounts.settle(cache, sizeClass);
    Sampling.allocated(cache, sizeClass, !low, requested);
    Accounts.grantAll(cache, sizeClass);
    return user;
  }

  /** Serves what {@link FreePath#push} would not take. */
  void freeSlow(long cache, int sizeClass, long base) {
    Accounts.settle(cache, sizeClass);
    long cold = CacheLayout.cold(cache, sizeClass);
    boolean full = getInt(cold + CacheLayout.CACHED) >= getInt(cold + CacheLayout.CAPACITY);
    if (full) {
      spill(cache, sizeClass);
    } else if (getInt(cold + CacheLayout.CAPACITY) < EAGER_CAPACITY) {
      grow(cold, sizeClass);
    }
    Accounts.grant(cache, sizeClass, 0, 1);
    try {
      FreePath.push(cache, sizeClass, base);
    } finally {
      Accounts.settle(cache, sizeClass);
      Sampling.freed(cache, sizeClass, !full);
      Accounts.grantAll(cache, sizeClass);
    }
  }

  /**
   * Fetches half of a list's capacity, after doubling it: a thread that keeps missing gets more.
   */
  private void refill(long cache, int sizeClass, long requested) {
    SlowPathFallback event = Events.beginSlowPath();
    long cold = CacheLayout.cold(cache, sizeClass);
    int cached = getInt(cold + CacheLayout.CACHED);
    int capacity = grow(cold, sizeClass);
    Batch batch = central[sizeClass].take(capacity / 2);
    Accounts.refilled(cache, sizeClass, batch.head(), batch.count());
    String reason = cached == 0 ? "cacheEmpty" : "cacheLow";
    Events.endSlowPath(
        event, "allocate", reason, batch.source(), sizeClass, requested, batch.count());
  }

  /** Moves the older half of a full list to the central list. */
  private void spill(long cache, int sizeClass) {
    SlowPathFallback event = Events.beginSlowPath();
    long cold = CacheLayout.cold(cache, sizeClass);
    int cached = getInt(cold + CacheLayout.CACHED);
    int capacity = getInt(cold + CacheLayout.CAPACITY);
    int keep = cached / 2;
    int spilled = cached - keep;
    long head = getLong(CacheLayout.hot(cache, sizeClass) + CacheLayout.HEAD);
    long rest = CentralList.cut(head, keep);
    Accounts.spilled(cache, sizeClass, head, spilled);
    Accounts.rejected(cache, sizeClass);
    grow(cold, sizeClass);
    central[sizeClass].add(rest, spilled);
    Events.capacityRejection(sizeClass, cached, capacity, spilled);
    Events.endSlowPath(event, "free", "cacheFull", Batch.CENTRAL, sizeClass, -1, spilled);
  }

  private static int grow(long cold, int sizeClass) {
    int capacity =
        Math.min(2 * getInt(cold + CacheLayout.CAPACITY), SizeClasses.maxCapacity(sizeClass));
    putInt(cold + CacheLayout.CAPACITY, capacity);
    return capacity;
  }

  /** Moves everything that a cache holds to the central lists. */
  void flush(long cache) {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      Accounts.settle(cache, sizeClass);
      int cached = getInt(CacheLayout.cold(cache, sizeClass) + CacheLayout.CACHED);
      if (cached > 0) {
        long head = getLong(CacheLayout.hot(cache, sizeClass) + CacheLayout.HEAD);
        Accounts.spilled(cache, sizeClass, 0, cached);
        central[sizeClass].add(head, cached);
      }
      Accounts.grantAll(cache, sizeClass);
    }
  }
}
