package io.hakmem.thread;

import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getIntAcquire;
import static io.hakmem.memory.RawMemory.getIntOpaque;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.getLongAcquire;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putIntRelease;
import static io.hakmem.memory.RawMemory.putLong;

import io.hakmem.slab.BlockLinks;
import java.lang.invoke.VarHandle;

/**
 * Keeps the books of a cache: the owner settles what its grants were used for and makes new ones;
 * any thread may read the counters.
 *
 * <p>The equations are in {@link CacheLayout}. Only {@link #read} may be called by other threads.
 */
final class Accounts {

  /** What {@link #pushOne} says. */
  static final int PUSHED = 0;

  static final int FULL = 1;
  static final int REFUSED = 2;

  private static final int MAX_TRIES = 100_000;

  private Accounts() {}

  /**
   * Books the operations since the last grants, and leaves nothing granted.
   *
   * @return how many frees were booked
   */
  static int settle(long cache, int sizeClass) {
    long hot = CacheLayout.hot(cache, sizeClass);
    long cold = CacheLayout.cold(cache, sizeClass);
    int popped = popped(hot, cold);
    int pushed = pushed(hot, cold);
    beginChange(cache);
    addLong(cold + CacheLayout.POPS, popped);
    addLong(cold + CacheLayout.PUSHES, pushed);
    addInt(cold + CacheLayout.CACHED, pushed - popped);
    setGrants(hot, cold, 0, 0);
    endChange(cache);
    addInt(cold + CacheLayout.ALLOCATES_TO_SAMPLE, -popped);
    addInt(cold + CacheLayout.FREES_TO_SAMPLE, -pushed);
    return pushed;
  }

  /**
   * Settles and grants anew in one go, as long as nothing else is due. This is what a list that is
   * neither short nor full needs from the slow half, and it comes up every few dozen operations.
   *
   * @return false, with nothing done, where the list holds fewer than {@code minCached} blocks, has
   *     less room than {@code minRoom}, or comes to a sample
   */
  static boolean renew(long cache, int sizeClass, int minCached, int minRoom) {
    long hot = CacheLayout.hot(cache, sizeClass);
    long cold = CacheLayout.cold(cache, sizeClass);
    int popped = popped(hot, cold);
    int pushed = pushed(hot, cold);
    int cached = getInt(cold + CacheLayout.CACHED) + pushed - popped;
    int room = getInt(cold + CacheLayout.CAPACITY) - cached;
    int allocatesToSample = getInt(cold + CacheLayout.ALLOCATES_TO_SAMPLE) - popped;
    int freesToSample = getInt(cold + CacheLayout.FREES_TO_SAMPLE) - pushed;
    int listed = cached - Quarantine.held(cache, sizeClass);
    if (listed < minCached || room < minRoom || allocatesToSample <= 1 || freesToSample <= 1) {
      return false;
    }
    beginChange(cache);
    addLong(cold + CacheLayout.POPS, popped);
    addLong(cold + CacheLayout.PUSHES, pushed);
    putInt(cold + CacheLayout.CACHED, cached);
    setGrants(
        hot, cold, Math.min(listed, allocatesToSample - 1), Math.min(room, freesToSample - 1));
    endChange(cache);
    putInt(cold + CacheLayout.ALLOCATES_TO_SAMPLE, allocatesToSample);
    putInt(cold + CacheLayout.FREES_TO_SAMPLE, freesToSample);
    return true;
  }

  private static int popped(long hot, long cold) {
    return getInt(cold + CacheLayout.GRANTED_ALLOCATES) - getInt(hot + CacheLayout.ALLOCATES_LEFT);
  }

  private static int pushed(long hot, long cold) {
    return getInt(cold + CacheLayout.GRANTED_FREES) - getInt(hot + CacheLayout.FREES_LEFT);
  }

  /** Grants exactly so many operations; the caller knows that the list allows them. */
  static void grant(long cache, int sizeClass, int allocates, int frees) {
    beginChange(cache);
    setGrants(
        CacheLayout.hot(cache, sizeClass), CacheLayout.cold(cache, sizeClass), allocates, frees);
    endChange(cache);
  }

  /** Grants what the list allows up to the next sample. */
  static void grantAll(long cache, int sizeClass) {
    long cold = CacheLayout.cold(cache, sizeClass);
    int cached = getInt(cold + CacheLayout.CACHED);
    int listed = cached - Quarantine.held(cache, sizeClass);
    int room = getInt(cold + CacheLayout.CAPACITY) - cached;
    grant(
        cache,
        sizeClass,
        grantable(listed, getInt(cold + CacheLayout.ALLOCATES_TO_SAMPLE)),
        grantable(room, getInt(cold + CacheLayout.FREES_TO_SAMPLE)));
  }

  /** Traced hits are booked late, so that their countdown may be far below 1. */
  private static int grantable(int most, int toSample) {
    return Math.min(most, Math.max(toSample, 1) - 1);
  }

  /** Puts a batch behind what the list holds, which is little. */
  static void refilled(long cache, int sizeClass, long head, int blocks) {
    long cold = CacheLayout.cold(cache, sizeClass);
    long link = CacheLayout.hot(cache, sizeClass) + CacheLayout.HEAD;
    long first = getLong(link);
    if (first == 0) {
      putLong(link, head);
    } else {
      long last = first;
      for (long next = BlockLinks.next(last); next != 0; next = BlockLinks.next(last)) {
        last = next;
      }
      BlockLinks.link(last, head);
    }
    beginChange(cache);
    addInt(cold + CacheLayout.CACHED, blocks);
    addLong(cold + CacheLayout.REFILLED, blocks);
    addLong(cold + CacheLayout.REFILLS, 1);
    endChange(cache);
  }

  /** Whether the cache has allocated of a class since this was asked last; it must be settled. */
  static boolean poppedSinceSpill(long cache, int sizeClass) {
    long cold = CacheLayout.cold(cache, sizeClass);
    int pops = (int) getLong(cold + CacheLayout.POPS);
    boolean popped = pops != getInt(cold + CacheLayout.POPS_AT_SPILL);
    putInt(cold + CacheLayout.POPS_AT_SPILL, pops);
    return popped;
  }

  static void spilled(long cache, int sizeClass, long head, int blocks) {
    long cold = CacheLayout.cold(cache, sizeClass);
    putLong(CacheLayout.hot(cache, sizeClass) + CacheLayout.HEAD, head);
    beginChange(cache);
    addInt(cold + CacheLayout.CACHED, -blocks);
    addLong(cold + CacheLayout.SPILLED, blocks);
    endChange(cache);
  }

  /**
   * Books all that is on the list as handed out, since nobody can find it any more.
   *
   * @return how many blocks that are
   */
  static int abandon(long cache, int sizeClass) {
    settle(cache, sizeClass);
    long cold = CacheLayout.cold(cache, sizeClass);
    int held = Quarantine.held(cache, sizeClass);
    int lost = getInt(cold + CacheLayout.CACHED) - held;
    putLong(CacheLayout.hot(cache, sizeClass) + CacheLayout.HEAD, 0);
    beginChange(cache);
    addLong(cold + CacheLayout.POPS, lost);
    putInt(cold + CacheLayout.CACHED, held);
    endChange(cache);
    return lost;
  }

  static void rejected(long cache, int sizeClass) {
    addLong(CacheLayout.cold(cache, sizeClass) + CacheLayout.REJECTIONS, 1);
  }

  /**
   * Takes one block where nothing is granted, by a grant of one. That books it too, without a new
   * version of the counters: whoever reads them in between counts the block as taken.
   *
   * @return the user's address, or 0 if the list is empty
   */
  static long popOne(long cache, int sizeClass, long requested) {
    long hot = CacheLayout.hot(cache, sizeClass);
    if (getLong(hot + CacheLayout.HEAD) == 0) {
      return 0;
    }
    addInt(CacheLayout.cold(cache, sizeClass) + CacheLayout.GRANTED_ALLOCATES, 1);
    putInt(hot + CacheLayout.ALLOCATES_LEFT, 1);
    return FreePath.pop(cache, sizeClass, requested);
  }

  /**
   * Puts one block on the list where nothing is granted, as {@link #popOne} takes one.
   *
   * @return {@link #PUSHED}, {@link #FULL} with nothing done, or {@link #REFUSED} by the push
   */
  static int pushOne(long cache, int sizeClass, long base) {
    long hot = CacheLayout.hot(cache, sizeClass);
    long granted = CacheLayout.cold(cache, sizeClass) + CacheLayout.GRANTED_FREES;
    int frees = getInt(granted);
    if (cachedUnbooked(cache, sizeClass, frees) >= capacity(cache, sizeClass)) {
      return FULL;
    }
    putInt(granted, frees + 1);
    putInt(hot + CacheLayout.FREES_LEFT, 1);
    boolean pushed = false;
    try {
      pushed = FreePath.push(cache, sizeClass, base) && getInt(hot + CacheLayout.FREES_LEFT) == 0;
    } finally {
      if (!pushed) {
        putInt(hot + CacheLayout.FREES_LEFT, 0);
        putInt(granted, frees);
      }
    }
    return pushed ? PUSHED : REFUSED;
  }

  /** What is cached where all that was granted is used up. */
  private static int cachedUnbooked(long cache, int sizeClass, int frees) {
    long cold = CacheLayout.cold(cache, sizeClass);
    return getInt(cold + CacheLayout.CACHED) + frees - getInt(cold + CacheLayout.GRANTED_ALLOCATES);
  }

  private static int capacity(long cache, int sizeClass) {
    return getInt(CacheLayout.cold(cache, sizeClass) + CacheLayout.CAPACITY);
  }

  /** Operations of one class that were booked. */
  static long operations(long cache, int sizeClass) {
    long cold = CacheLayout.cold(cache, sizeClass);
    return getLong(cold + CacheLayout.POPS) + getLong(cold + CacheLayout.PUSHES);
  }

  /**
   * Reads the counters of one class, consistent with each other though the owner goes on.
   *
   * <p>An owner that an asynchronous error hit between two writes leaves the version odd for ever;
   * after many tries the counters are taken as they are.
   */
  static ClassCounters read(long cache, int sizeClass) {
    for (int tries = 0; tries < MAX_TRIES; tries++) {
      int version = getIntAcquire(cache + CacheLayout.VERSION);
      ClassCounters counters = readOnce(cache, sizeClass);
      // Without the fence a read above could move below the check and mix two versions.
      VarHandle.acquireFence();
      if ((version & 1) == 0 && getIntOpaque(cache + CacheLayout.VERSION) == version) {
        return counters;
      }
      Thread.onSpinWait();
    }
    return readOnce(cache, sizeClass);
  }

  private static ClassCounters readOnce(long cache, int sizeClass) {
    long hot = CacheLayout.hot(cache, sizeClass);
    long cold = CacheLayout.cold(cache, sizeClass);
    int popped =
        getInt(cold + CacheLayout.GRANTED_ALLOCATES)
            - getIntOpaque(hot + CacheLayout.ALLOCATES_LEFT);
    int pushed =
        getInt(cold + CacheLayout.GRANTED_FREES) - getIntOpaque(hot + CacheLayout.FREES_LEFT);
    return new ClassCounters(
        getLong(cold + CacheLayout.POPS) + popped,
        getLong(cold + CacheLayout.PUSHES) + pushed,
        getLong(cold + CacheLayout.REFILLS),
        getLong(cold + CacheLayout.REJECTIONS),
        getLong(cold + CacheLayout.REFILLED),
        getLong(cold + CacheLayout.SPILLED),
        getInt(cold + CacheLayout.CAPACITY));
  }

  static long owner(long cache) {
    return getLongAcquire(cache + CacheLayout.OWNER);
  }

  /** From here to {@link #endChange} readers retry. */
  private static void beginChange(long cache) {
    putInt(cache + CacheLayout.VERSION, getInt(cache + CacheLayout.VERSION) + 1);
    // Without the fence a change below could become visible before the odd version.
    VarHandle.releaseFence();
  }

  private static void endChange(long cache) {
    putIntRelease(cache + CacheLayout.VERSION, getInt(cache + CacheLayout.VERSION) + 1);
  }

  private static void setGrants(long hot, long cold, int allocates, int frees) {
    putInt(cold + CacheLayout.GRANTED_ALLOCATES, allocates);
    putInt(cold + CacheLayout.GRANTED_FREES, frees);
    putInt(hot + CacheLayout.ALLOCATES_LEFT, allocates);
    putInt(hot + CacheLayout.FREES_LEFT, frees);
  }

  private static void addInt(long address, int delta) {
    putInt(address, getInt(address) + delta);
  }

  private static void addLong(long address, long delta) {
    putLong(address, getLong(address) + delta);
  }
}
