package io.hakmem.thread;

import static io.hakmem.memory.RawMemory.compareAndSetInt;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.putInt;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Stacks of allocations and frees, named by a number in a word of a block's record. Thread-safe.
 *
 * <p>A new stack is <em>pending</em>: a throwable as the JVM filled it, whose frames nobody has
 * looked at. Most blocks are used again before their stack's place is, and it is dropped as it is;
 * what is still named by its word then is <em>kept</em>: each different stack once, with a number
 * of its own. Reading frames costs ten times as much as filling a throwable, and a walker that runs
 * once in a thousand operations is interpreted for minutes.
 */
final class Stacks {

  /** No stack was kept: it was not that operation's turn. */
  static final int NONE = 0;

  private static final int MAX_FRAMES = 32;

  /** Different stacks that are kept; of a program with more, those that come later have none. */
  private static final int MAX_STACKS = 1 << 16;

  /** Operations until the next look where no stacks are wanted. */
  private static final int LONG_TIME = 1 << 16;

  /** Numbers from here on are those of pending stacks, below it of kept ones. */
  private static final int FIRST_PENDING = 1 << 20;

  private static final int PENDING_NUMBERS = 1 << 30;

  /** How many stacks may be pending, a power of two. */
  private static final int PENDING_PLACES = 1 << 10;

  /**
   * @param word address of the int that names it
   * @param time on a clock that counts stacks
   */
  private record Pending(int number, Throwable trace, long word, boolean isAllocation, long time) {}

  private static final AtomicReferenceArray<@Nullable Pending> PENDING =
      new AtomicReferenceArray<>(PENDING_PLACES);

  private static final Map<List<StackTraceElement>, Integer> NUMBERS = new ConcurrentHashMap<>();
  private static final Map<Integer, List<StackTraceElement>> STACKS = new ConcurrentHashMap<>();
  private static final AtomicInteger LAST = new AtomicInteger();

  /** When a kept stack has allocated last. */
  private static final Map<Integer, Long> SEEN = new ConcurrentHashMap<>();

  private static final AtomicLong CLOCK = new AtomicLong();

  private static volatile int interval;

  private Stacks() {}

  /** One of so many operations keeps its stack; 0 for none. */
  static void interval(int newInterval) {
    interval = newInterval;
  }

  /** The countdown of a cache has ended: begins the next one and names this stack in a word. */
  static void allocatedSlow(long cache, long word) {
    int now = interval;
    putInt(cache + CacheLayout.STACK_COUNTDOWN, now == 0 ? LONG_TIME : now - 1);
    if (now != 0) {
      pend(word, true);
    }
  }

  /** The same as the last act of an allocation, so that nothing has to be kept for later. */
  static long allocatedSlow(long cache, long word, long user) {
    allocatedSlow(cache, word);
    return user;
  }

  /** Names the stack of a free whose block has one of its allocation; true. */
  static boolean freedSlow(long word) {
    pend(word, false);
    return true;
  }

  private static void pend(long word, boolean isAllocation) {
    long time = CLOCK.incrementAndGet();
    int number = FIRST_PENDING + (int) (time % PENDING_NUMBERS);
    // Before others can see the stack: to them a word that says something else needs none.
    putInt(word, number);
    Pending pending = new Pending(number, new Throwable(), word, isAllocation, time);
    Pending before = PENDING.getAndSet(place(number), pending);
    if (before != null && getInt(before.word) == before.number) {
      compareAndSetInt(before.word, before.number, keep(before));
    }
  }

  private static int place(int number) {
    return number & (PENDING_PLACES - 1);
  }

  /** For operations whose stack no word names: of large blocks, which are few. */
  static int allocatedLarge() {
    int number = freedLarge();
    seen(number, CLOCK.incrementAndGet());
    return number;
  }

  static int freedLarge() {
    return interval == 0 ? NONE : keep(new Throwable());
  }

  /** Keeps the stack that a word names, and returns its number, the same for equal stacks. */
  static int keep(long word) {
    int number = getInt(word);
    Pending pending = pending(number);
    if (pending == null) {
      return number < FIRST_PENDING ? number : NONE;
    }
    int kept = keep(pending);
    compareAndSetInt(word, number, kept);
    return kept;
  }

  private static @Nullable Pending pending(int number) {
    Pending pending = number < FIRST_PENDING ? null : PENDING.get(place(number));
    return pending != null && pending.number == number ? pending : null;
  }

  private static int keep(Pending pending) {
    int number = keep(pending.trace);
    if (pending.isAllocation) {
      seen(number, pending.time);
    }
    return number;
  }

  private static int keep(Throwable trace) {
    List<StackTraceElement> frames = frames(trace);
    Integer known = NUMBERS.get(frames);
    if (known != null) {
      return known;
    }
    if (LAST.get() >= MAX_STACKS) {
      return NONE;
    }
    return NUMBERS.computeIfAbsent(
        frames,
        key -> {
          int number = LAST.incrementAndGet();
          STACKS.put(number, key);
          return number;
        });
  }

  private static void seen(int number, long time) {
    if (number != NONE) {
      SEEN.merge(number, time, Math::max);
    }
  }

  /** Grows with the time at which a kept stack has allocated last; 0 for none. */
  static long lastSeen(int number) {
    return SEEN.getOrDefault(number, 0L);
  }

  private static List<StackTraceElement> frames(Throwable trace) {
    StackTraceElement[] all = trace.getStackTrace();
    int first = 0;
    while (first < all.length && isOurs(all[first])) {
      first++;
    }
    return List.of(Arrays.copyOfRange(all, first, Math.min(all.length, first + MAX_FRAMES)));
  }

  /** The allocator's own frames say nothing about the program. */
  private static boolean isOurs(StackTraceElement frame) {
    String type = frame.getClassName();
    return type.startsWith("io.hakmem.thread.")
        || type.equals("io.hakmem.Heap")
        || type.equals("io.hakmem.Hakmem")
        || type.equals("io.hakmem.Allocator")
        || type.equals("io.hakmem.ThreadCache")
        || (type.endsWith("Arena") && type.startsWith("io.hakmem."));
  }

  /** The frames of a stack, innermost first; empty for none. */
  static List<StackTraceElement> frames(int number) {
    Pending pending = pending(number);
    return pending != null ? frames(pending.trace) : STACKS.getOrDefault(number, List.of());
  }

  /** A stack as lines with an indent, or what there is instead. */
  static String text(int number) {
    List<StackTraceElement> frames = frames(number);
    if (frames.isEmpty()) {
      return "\n    no stack: %s".formatted(sampling());
    }
    StringBuilder text = new StringBuilder();
    for (StackTraceElement frame : frames) {
      text.append("\n    at ").append(frame);
    }
    return text.toString();
  }

  /** How stacks are chosen, for where one is missing. */
  static String sampling() {
    return interval == 0
        ? "none are kept (hakmem.checked.stacks=0)"
        : "one of %d is kept (hakmem.checked.stacks)".formatted(interval);
  }
}
