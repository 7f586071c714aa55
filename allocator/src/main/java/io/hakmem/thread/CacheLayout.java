package io.hakmem.thread;

import io.hakmem.config.BlockLayout;
import io.hakmem.config.SizeClasses;

/**
 * The words of one thread cache, a small struct off heap: no array bounds checks on the fast path.
 *
 * <p>Every class has hot words, which the fast path uses, and a cold part, which only the slow half
 * touches. Instead of a counter and a limit each, the hot part holds two budgets that the slow half
 * grants: so many allocations and so many frees may pass before it looks again. One decrement thus
 * serves as exact counter, as test for an empty or full list, and as the countdown of sampling:
 *
 * <pre>
 *   pops   = POPS   + (GRANTED_ALLOCATES - ALLOCATES_LEFT)
 *   pushes = PUSHES + (GRANTED_FREES     - FREES_LEFT)
 *   cached = REFILLED + pushes - pops - SPILLED          = length of the list at HEAD + HELD
 *   0 &lt;= ALLOCATES_LEFT &lt;= cached - HELD,   0 &lt;= FREES_LEFT &lt;= CAPACITY - cached
 * </pre>
 *
 * The last line holds because a grant is at most what is there when it is made, and the other
 * operation can only add to it.
 */
final class CacheLayout {

  /** Bytes of one cache, a power of two: 4 KiB. */
  static final int BYTES_SHIFT = 12;

  static final int BYTES = 1 << BYTES_SHIFT;

  /** Id of the thread that owns the cache (long); 0 while nobody does. */
  static final int OWNER = 0;

  /** Odd while the slow half changes the cold part (int), so that others read it whole. */
  static final int VERSION = 8;

  /** 1 in the struct of a probe (int): misuse there is expected and not reported. */
  static final int PRIVATE = 12;

  /** State of the generator that spaces the samples (long). */
  static final int RANDOM = 16;

  /**
   * Bytes that all lists together may hold by their capacities (long):
   *
   * <pre>
   *   CAPACITY_BYTES = sum over the classes of CAPACITY * stride
   * </pre>
   */
  static final int CAPACITY_BYTES = 24;

  /** The class that gives up capacity next when the budget is used up (int). */
  static final int VICTIM = 32;

  /** Id of the allocator that the cache belongs to (int), see {@code SlabRegistry}. */
  static final int ALLOCATOR = 36;

  /** Operations of the checked path until one keeps its stack (int). */
  static final int STACK_COUNTDOWN = 40;

  /** 1 in a cache that its user holds a lock for (int). */
  static final int SHARED = 44;

  /** Address of the buffer that operations are traced to, 0 while none are (long). */
  static final int TRACE = 48;

  /** The owner's thread as records keep it, without a stack (long). */
  static final int SIGNATURE = 56;

  /** Cold parts, 80 bytes a class. */
  static final int COLD = 64;

  static final int COLD_BYTES = 80;

  /**
   * Hot parts: the heads of all classes, then the budgets of all, 8 bytes a class each, so that an
   * instruction finds one by the class and a constant. They begin far enough from the start that
   * {@code HOT - LIVE_MAGIC * 8} is not negative: that is the constant where the class comes as a
   * header, and the compiler drops the bounds check.
   */
  static final int HOT = COLD + SizeClasses.COUNT * COLD_BYTES;

  static final int HOT_SHIFT = 3;

  /** Base of the first free block, 0 for an empty list (long). */
  static final int HEAD = HOT;

  /** Allocations granted and not yet used (int). */
  static final int ALLOCATES_LEFT = HEAD + (SizeClasses.COUNT << HOT_SHIFT);

  /** Frees granted and not yet used (int). */
  static final int FREES_LEFT = ALLOCATES_LEFT + 4;

  static final int GRANTED_ALLOCATES = COLD;
  static final int GRANTED_FREES = COLD + 4;

  /** Blocks on the list when the grants were made (int). */
  static final int CACHED = COLD + 8;

  static final int CAPACITY = COLD + 12;

  /** The how-manieth of the next hits will be sampled, 1 for the very next (ints). */
  static final int ALLOCATES_TO_SAMPLE = COLD + 16;

  static final int FREES_TO_SAMPLE = COLD + 20;

  /** Sampling interval for which the two were drawn (int). */
  static final int INTERVAL = COLD + 24;

  /** The lower half of {@link #POPS} when the list spilled last (int). */
  static final int POPS_AT_SPILL = COLD + 28;

  static final int PUSHES = COLD + 32;
  static final int POPS = COLD + 40;

  /** Refills and rejections (longs), and the blocks that they moved (longs). */
  static final int REFILLS = COLD + 48;

  static final int REJECTIONS = COLD + 56;
  static final int REFILLED = COLD + 64;
  static final int SPILLED = COLD + 72;

  /** What the checked path holds back from reuse, 24 bytes a class: see {@link Quarantine}. */
  static final int HELD_FIRST = HOT + 2 * (SizeClasses.COUNT << HOT_SHIFT);

  static final int HELD_BYTES = 24;
  static final int HELD_LAST = HELD_FIRST + 8;

  /** How many blocks are held (int). */
  static final int HELD = HELD_FIRST + 16;

  static {
    assert HOT >= BlockLayout.LIVE_MAGIC << HOT_SHIFT;
    assert HELD_FIRST + SizeClasses.COUNT * HELD_BYTES <= BYTES;
  }

  private CacheLayout() {}

  /** Address that hot offsets of a class are relative to. */
  static long hot(long cache, int sizeClass) {
    return cache + ((long) sizeClass << HOT_SHIFT);
  }

  /** Address that cold offsets of a class are relative to. */
  static long cold(long cache, int sizeClass) {
    return cache + (long) sizeClass * COLD_BYTES;
  }
}
