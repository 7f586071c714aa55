package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.FIRST_CAPACITY;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLong;

import io.hakmem.central.Batch;
import io.hakmem.central.BatchIndex;
import io.hakmem.central.CentralList;
import io.hakmem.central.CentralStore;
import io.hakmem.config.SizeClasses;
import io.hakmem.event.Events;
import io.hakmem.event.SlowPathFallback;
import io.hakmem.slab.BlockRecords;

/**
 * The slow half of a thread cache: repairs the state that made the fast half give up, then lets it
 * try again. Refill, spill, capacity, sampling and events live here only.
 *
 * <p>Every method works on a cache that the caller owns. The central store is shared.
 */
final class CacheSlow {

  /**
   * A list shorter than this, and than what is little for its class, is refilled when the slow half
   * is here anyway: a grant of a few blocks would soon bring it back.
   */
  private static final int LOW_WATER = 128;

  /**
   * A cache that has fetched more of a class than this, net, waits until the list is empty: its use
   * goes up and down by more than the low water, so that the list fills again by itself.
   */
  private static final int COMFORT_BYTES = 128 * 1024;

  /** Up to this capacity a list grows whenever its grants run out, full or not. */
  private static final int EAGER_CAPACITY = 256;

  private final CentralStore central;
  private final long budgetBytes;

  /**
   * @param budgetBytes that the lists of one cache may hold together, as far as they grow
   */
  CacheSlow(CentralStore central, long budgetBytes) {
    this.central = central;
    this.budgetBytes = budgetBytes;
  }

  /** Id of the allocator, see {@code Segments.owner}. */
  int owner() {
    return central.owner();
  }

  /** Prepares zeroed memory as a cache: every list empty, nothing granted. */
  static void initialize(long cache, long seed) {
    putLong(cache + CacheLayout.RANDOM, seed * 0x9E3779B97F4A7C15L | 1);
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      setCapacity(cache, sizeClass, firstCapacity(sizeClass));
      Sampling.initialize(cache, sizeClass);
    }
  }

  /** Says in a cache whose operations the checked path writes down now. */
  static void sign(long cache, Thread owner) {
    int id = (int) owner.threadId();
    putLong(cache + CacheLayout.SIGNATURE, BlockRecords.pair(Stacks.NONE, id));
  }

  /** Serves what {@link FreePath#pop} could not. */
  long allocateSlow(long cache, int sizeClass, long requested) {
    long user = Tracing.allocate(cache, sizeClass, requested);
    while (user == 0) {
      // A path that checks may find that a free block was written to, and leave it out.
      user = tryAllocateSlow(cache, sizeClass, requested);
    }
    return user;
  }

  private long tryAllocateSlow(long cache, int sizeClass, long requested) {
    releaseUnlessChecked(cache, sizeClass);
    int sampling = Events.sampling();
    if (sampling == Sampling.interval(cache, sizeClass)
        && sampling != Events.TRACING
        && Accounts.renew(cache, sizeClass, lowWater(cache, sizeClass), 0)) {
      return FreePath.pop(cache, sizeClass, requested);
    }
    return sampling == Events.TRACING
        ? allocateTraced(cache, sizeClass, requested)
        : allocateRepaired(cache, sizeClass, requested);
  }

  private long allocateTraced(long cache, int sizeClass, long requested) {
    Tracing.join(cache);
    long user = allocateRepaired(cache, sizeClass, requested);
    // The trace may have ended meanwhile, and with it the cache's buffer.
    if (user != 0 && Tracing.isOn(cache)) {
      Tracing.allocated(cache, sizeClass, user, requested, false);
    }
    return user;
  }

  /** Does whatever the list needs. Apart, so that renewing grants is a small method. */
  private long allocateRepaired(long cache, int sizeClass, long requested) {
    int enough = lowWater(cache, sizeClass);
    Accounts.settle(cache, sizeClass);
    boolean hit = listed(cache, sizeClass) >= enough;
    if (!hit) {
      if (FreePath.checks()) {
        Quarantine.verify(cache, sizeClass);
      }
      refill(cache, sizeClass, requested);
    }
    Accounts.grant(cache, sizeClass, 1, 0);
    long user = FreePath.pop(cache, sizeClass, requested);
    Accounts.settle(cache, sizeClass);
    Sampling.allocated(cache, sizeClass, hit, requested);
    Accounts.grantAll(cache, sizeClass);
    return user;
  }

  /** Serves what {@link FreePath#push} would not take. */
  void freeSlow(long cache, int sizeClass, long base) {
    if (Tracing.free(cache, sizeClass, base)) {
      return;
    }
    releaseUnlessChecked(cache, sizeClass);
    int sampling = Events.sampling();
    if (sampling == Sampling.interval(cache, sizeClass)
        && sampling != Events.TRACING
        && capacity(cache, sizeClass)
            >= Math.min(EAGER_CAPACITY, SizeClasses.maxCapacity(sizeClass))
        && Accounts.renew(cache, sizeClass, 0, 1)) {
      FreePath.push(cache, sizeClass, base);
    } else if (sampling == Events.TRACING) {
      freeTraced(cache, sizeClass, base);
    } else {
      freeRepaired(cache, sizeClass, base);
    }
  }

  private void freeTraced(long cache, int sizeClass, long base) {
    Tracing.join(cache);
    if (freeRepaired(cache, sizeClass, base) && Tracing.isOn(cache)) {
      Tracing.freed(cache, sizeClass, base + HEADER_BYTES, false);
    }
  }

  /**
   * @return false if the path refused the block
   */
  private boolean freeRepaired(long cache, int sizeClass, long base) {
    int capacity = capacity(cache, sizeClass);
    Accounts.settle(cache, sizeClass);
    boolean hit = cached(cache, sizeClass) < capacity;
    if (!hit) {
      spill(cache, sizeClass);
    } else if (capacity < EAGER_CAPACITY) {
      grow(cache, sizeClass);
    }
    Accounts.grant(cache, sizeClass, 0, 1);
    int pushed = 0;
    try {
      FreePath.push(cache, sizeClass, base);
    } finally {
      pushed = Accounts.settle(cache, sizeClass);
      if (!hit && pushed > 0) {
        Accounts.rejected(cache, sizeClass);
      }
      Sampling.freed(cache, sizeClass, hit);
      Accounts.grantAll(cache, sizeClass);
    }
    return pushed > 0;
  }

  /** What the checked path held back is free for the others. */
  private static void releaseUnlessChecked(long cache, int sizeClass) {
    if (Quarantine.held(cache, sizeClass) > 0 && !FreePath.checks()) {
      Quarantine.drain(cache, sizeClass);
    }
  }

  /**
   * Fetches half of a list's capacity, after doubling it: a thread that keeps missing gets more.
   *
   * @throws OutOfMemoryError when there is nothing to fetch and the list is empty
   */
  private void refill(long cache, int sizeClass, long requested) {
    SlowPathFallback event = Events.beginSlowPath();
    int cached = listed(cache, sizeClass);
    int wanted = Math.max(1, grow(cache, sizeClass) / 2);
    Batch batch;
    try {
      batch = central.take(sizeClass, wanted, requested);
    } catch (OutOfMemoryError e) {
      if (cached == 0 && !Quarantine.drain(cache, sizeClass)) {
        throw e;
      }
      return;
    }
    Accounts.refilled(cache, sizeClass, batch.head(), batch.count());
    String reason = cached == 0 ? "cacheEmpty" : "cacheLow";
    Events.endSlowPath(
        event, "allocate", reason, batch.source(), sizeClass, requested, batch.count());
  }

  /**
   * Makes room in a full list by moving half of it to the central list: the older half, or the
   * newer one where the thread has allocated nothing of the class since it spilled last. Such a
   * thread frees what others allocate.
   */
  private void spill(long cache, int sizeClass) {
    SlowPathFallback event = Events.beginSlowPath();
    int cached = cached(cache, sizeClass);
    int capacity = capacity(cache, sizeClass);
    boolean popped = Accounts.poppedSinceSpill(cache, sizeClass);
    int spilled =
        !popped && spillIndexed(cache, sizeClass, cached - cached / 2)
            ? cached - cached / 2
            : spillDownTo(cache, sizeClass, cached / 2);
    grow(cache, sizeClass);
    Events.capacityRejection(sizeClass, cached, capacity, spilled);
    Events.endSlowPath(event, "free", "cacheFull", Batch.CENTRAL, sizeClass, -1, spilled);
  }

  /**
   * Moves the blocks that were freed last, and where they lie, so that the thread that takes them
   * need not wait for one link after the other. Finding that out is the walk to the middle of the
   * list, which is needed in any case; to know the older half it would have to go on to its end.
   *
   * @return false, with nothing done, where it can't be
   */
  private boolean spillIndexed(long cache, int sizeClass, int blocks) {
    if (FreePath.checks() || Quarantine.held(cache, sizeClass) > 0) {
      return false;
    }
    BatchIndex index = central.index(sizeClass);
    if (index == null) {
      return false;
    }
    long head = getLong(CacheLayout.hot(cache, sizeClass) + CacheLayout.HEAD);
    if (!index.gather(head, blocks)) {
      central.giveBack(sizeClass, index);
      return false;
    }
    Accounts.spilled(cache, sizeClass, index.cut(blocks), blocks);
    central.add(sizeClass, head, blocks, index);
    return true;
  }

  /** Keeps the blocks that were freed last; returns how many went. The list must be settled. */
  private int spillDownTo(long cache, int sizeClass, int keep) {
    int keepListed = Math.max(0, keep - Quarantine.held(cache, sizeClass));
    int spilled = listed(cache, sizeClass) - keepListed;
    if (spilled <= 0) {
      return 0;
    }
    long head = getLong(CacheLayout.hot(cache, sizeClass) + CacheLayout.HEAD);
    long rest = keepListed == 0 ? head : CentralList.cut(head, keepListed);
    Accounts.spilled(cache, sizeClass, keepListed == 0 ? 0 : head, spilled);
    if (rest == 0) {
      // The list is damaged before the cut: what is behind it can't be found any more.
      return spilled;
    }
    central.add(sizeClass, rest, spilled);
    return spilled;
  }

  /** Moves everything that a cache holds to the central lists. */
  void flush(long cache) {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      Accounts.settle(cache, sizeClass);
      Quarantine.drain(cache, sizeClass);
      spillDownTo(cache, sizeClass, 0);
      Accounts.grantAll(cache, sizeClass);
    }
  }

  /**
   * Doubles a list's capacity as far as the class and the cache's budget allow; another list's
   * capacity pays for it where the budget is used up.
   *
   * @return the capacity now
   */
  private int grow(long cache, int sizeClass) {
    int capacity = capacity(cache, sizeClass);
    int wanted = Math.min(2 * capacity, SizeClasses.maxCapacity(sizeClass));
    long more = (long) (wanted - capacity) * SizeClasses.stride(sizeClass);
    if (more > 0 && exceedsBudget(cache, more)) {
      shrinkAnother(cache, sizeClass);
      if (exceedsBudget(cache, more)) {
        return capacity;
      }
    }
    setCapacity(cache, sizeClass, wanted);
    return wanted;
  }

  private boolean exceedsBudget(long cache, long more) {
    return getLong(cache + CacheLayout.CAPACITY_BYTES) + more > budgetBytes;
  }

  /** Halves the capacity of the next list in turn that has some to give. */
  private void shrinkAnother(long cache, int growing) {
    int victim = getInt(cache + CacheLayout.VICTIM);
    for (int i = 0; i < SizeClasses.COUNT; i++) {
      victim = (victim + 1) % SizeClasses.COUNT;
      int capacity = capacity(cache, victim);
      if (victim != growing && capacity > firstCapacity(victim)) {
        putInt(cache + CacheLayout.VICTIM, victim);
        Accounts.settle(cache, victim);
        Quarantine.drain(cache, victim);
        setCapacity(cache, victim, capacity / 2);
        if (cached(cache, victim) > capacity / 2) {
          spillDownTo(cache, victim, capacity / 4);
        }
        Accounts.grantAll(cache, victim);
        return;
      }
    }
  }

  private static int lowWater(long cache, int sizeClass) {
    long cold = CacheLayout.cold(cache, sizeClass);
    long fetched = getLong(cold + CacheLayout.REFILLED) - getLong(cold + CacheLayout.SPILLED);
    if (fetched * SizeClasses.stride(sizeClass) > COMFORT_BYTES) {
      return 1;
    }
    int little = Math.min(LOW_WATER, SizeClasses.littleBlocks(sizeClass));
    return Math.min(little, capacity(cache, sizeClass) / 2);
  }

  private static int cached(long cache, int sizeClass) {
    return getInt(CacheLayout.cold(cache, sizeClass) + CacheLayout.CACHED);
  }

  /** What is on the list: all that is cached but what is held back. */
  private static int listed(long cache, int sizeClass) {
    return cached(cache, sizeClass) - Quarantine.held(cache, sizeClass);
  }

  private static int capacity(long cache, int sizeClass) {
    return getInt(CacheLayout.cold(cache, sizeClass) + CacheLayout.CAPACITY);
  }

  private static int firstCapacity(int sizeClass) {
    return Math.min(FIRST_CAPACITY, SizeClasses.maxCapacity(sizeClass));
  }

  private static void setCapacity(long cache, int sizeClass, int capacity) {
    long address = CacheLayout.cold(cache, sizeClass) + CacheLayout.CAPACITY;
    long more = (long) (capacity - getInt(address)) * SizeClasses.stride(sizeClass);
    putLong(cache + CacheLayout.CAPACITY_BYTES, getLong(cache + CacheLayout.CAPACITY_BYTES) + more);
    putInt(address, capacity);
  }
}
