package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.ALIGNMENT;
import static io.hakmem.config.BlockLayout.FREE_FLIP;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.memory.RawMemory.getByte;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;

import io.hakmem.config.SizeClasses;
import java.util.Arrays;

/** The equations of {@link CacheLayout}, held against the words and the real list of a cache. */
public final class CacheInvariants {

  private CacheInvariants() {}

  /**
   * Checks every class of a cache; the caller owns it, or its owner rests.
   *
   * @throws AssertionError that names the class, what should hold, and the numbers
   */
  public static void check(long cache) {
    int version = getInt(cache + CacheLayout.VERSION);
    require(version % 2 == 0, -1, "no change is under way: version", version);
    long capacityBytes = 0;
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      check(cache, sizeClass);
      capacityBytes += capacity(cache, sizeClass) * SizeClasses.stride(sizeClass);
    }
    long booked = getLong(cache + CacheLayout.CAPACITY_BYTES);
    require(booked == capacityBytes, -1, "capacity bytes = sum", booked, capacityBytes);
  }

  private static void check(long cache, int sizeClass) {
    long hot = CacheLayout.hot(cache, sizeClass);
    long cold = CacheLayout.cold(cache, sizeClass);
    long allocatesLeft = getInt(hot + CacheLayout.ALLOCATES_LEFT);
    long freesLeft = getInt(hot + CacheLayout.FREES_LEFT);
    long popped = getInt(cold + CacheLayout.GRANTED_ALLOCATES) - allocatesLeft;
    long pushed = getInt(cold + CacheLayout.GRANTED_FREES) - freesLeft;
    require(popped >= 0 && pushed >= 0, sizeClass, "popped, pushed >= 0", popped, pushed);

    long pops = getLong(cold + CacheLayout.POPS) + popped;
    long pushes = getLong(cold + CacheLayout.PUSHES) + pushed;
    long refilled = getLong(cold + CacheLayout.REFILLED);
    long spilled = getLong(cold + CacheLayout.SPILLED);
    long cached = refilled + pushes - pops - spilled;
    long held = Quarantine.held(cache, sizeClass);
    long listed = length(getLong(hot + CacheLayout.HEAD), sizeClass, cached);
    require(cached - held == listed, sizeClass, "cached = listed", cached - held, listed);
    long settled = getInt(cold + CacheLayout.CACHED) + pushed - popped;
    require(cached == settled, sizeClass, "cached = settled", cached, settled);

    long capacity = capacity(cache, sizeClass);
    require(
        0 <= allocatesLeft && allocatesLeft <= listed,
        sizeClass,
        "0 <= allocates left <= cached",
        allocatesLeft,
        cached);
    require(
        0 <= freesLeft && freesLeft <= capacity - cached,
        sizeClass,
        "0 <= frees left <= capacity - cached",
        freesLeft,
        capacity,
        cached);
    require(
        capacity <= SizeClasses.maxCapacity(sizeClass), sizeClass, "capacity <= most", capacity);

    ClassCounters read = Accounts.read(cache, sizeClass);
    require(read.pops() == pops, sizeClass, "pops as others read them", pops, read.pops());
    require(read.pushes() == pushes, sizeClass, "pushes as read", pushes, read.pushes());
    require(read.cached() == cached, sizeClass, "cached as read", cached, read.cached());
    require(read.capacity() == capacity, sizeClass, "capacity as read", capacity, read.capacity());
  }

  private static long capacity(long cache, int sizeClass) {
    return getInt(CacheLayout.cold(cache, sizeClass) + CacheLayout.CAPACITY);
  }

  /** Length of the list; a list longer than {@code expected} is a cycle or as bad as one. */
  private static long length(long head, int sizeClass, long expected) {
    long length = 0;
    for (long base = head; base != 0; base = getLong(base + HEADER_BYTES)) {
      length++;
      require(length <= expected, sizeClass, "no cycle, no block too many", expected);
      require((base + HEADER_BYTES) % ALIGNMENT == 0, sizeClass, "alignment of base", base);
      int header = getByte(base) & 0xFF;
      int live = LIVE_MAGIC | sizeClass;
      // Only the guarded path marks free blocks, and lists that several paths built have both.
      boolean own = header == live || header == (live ^ FREE_FLIP);
      require(own, sizeClass, "header at base", header, base);
    }
    return length;
  }

  private static void require(boolean holds, int sizeClass, String what, long... numbers) {
    if (!holds) {
      throw new AssertionError("class " + sizeClass + ": " + what + Arrays.toString(numbers));
    }
  }
}
