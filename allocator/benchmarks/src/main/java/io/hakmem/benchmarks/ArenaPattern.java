package io.hakmem.benchmarks;

import io.hakmem.Allocator;
import io.hakmem.Hakmem;
import io.hakmem.HakmemArena;
import io.hakmem.ThreadCache;
import io.hakmem.config.AllocatorOptions;
import io.hakmem.memory.RawMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;
import java.util.Locale;

/**
 * Times short patterns against the JDK's arenas: open an arena, allocate 64 bytes, write, close;
 * the same where the arena is passed on to a method that serves many kinds and is not inlined, and
 * with 8 allocations there; and the bare allocate and free of 64 bytes.
 *
 * <p>All patterns run in turn, round after round, so that noise of the machine hits all alike;
 * printed are the median and the range. Arguments: rounds, and operations a round.
 */
public final class ArenaPattern {

  private static final int BYTES = 64;
  private static final int MANY = 8;
  private static final int BURST = 1000;
  private static final int WARM_UP_BURSTS = 300;

  /** One burst of a pattern; returns something that depends on its work. */
  @FunctionalInterface
  private interface Pattern {
    long run(int operations);
  }

  private record Subject(String name, Pattern pattern) {}

  private static final Allocator INSTANCE = new Allocator(AllocatorOptions.defaults());

  private ArenaPattern() {}

  public static void main(String[] arguments) {
    int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 15;
    int operations = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 2_000_000;
    Subject[] subjects = {
      new Subject("1 x 64 B: JDK confined", ArenaPattern::jdkConfined),
      new Subject("1 x 64 B: Hakmem confined", ArenaPattern::hakmemConfined),
      new Subject("1 x 64 B: an allocator's", ArenaPattern::instanceConfined),
      new Subject("passed on: JDK confined", ArenaPattern::jdkPassedOn),
      new Subject("passed on: Hakmem confined", ArenaPattern::hakmemPassedOn),
      new Subject("8 x 64 B: JDK confined", ArenaPattern::jdkMany),
      new Subject("8 x 64 B: Hakmem confined", ArenaPattern::hakmemMany),
      new Subject("allocate+free: Hakmem", ArenaPattern::allocateFree),
      new Subject("allocate+free: handle", ArenaPattern::allocateFreeByHandle),
      new Subject("allocate+free: allocator", ArenaPattern::allocateFreeByInstance),
    };
    double[][] nanos = new double[subjects.length][rounds];
    long sum = 0;
    for (Subject subject : subjects) {
      for (int i = 0; i < WARM_UP_BURSTS; i++) {
        sum += subject.pattern.run(BURST);
      }
    }
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < subjects.length; i++) {
        long start = System.nanoTime();
        for (int left = operations; left > 0; left -= BURST) {
          sum += subjects[i].pattern.run(BURST);
        }
        nanos[i][round] = (double) (System.nanoTime() - start) / operations;
      }
    }
    for (int i = 0; i < subjects.length; i++) {
      Arrays.sort(nanos[i]);
      System.out.println(
          String.format(
              Locale.ROOT,
              "%-28s %8.2f ns an operation (%.2f to %.2f)",
              subjects[i].name,
              nanos[i][rounds / 2],
              nanos[i][0],
              nanos[i][rounds - 1]));
    }
    System.out.println("checksum " + sum);
  }

  private static long jdkConfined(int operations) {
    long sum = 0;
    for (int i = 0; i < operations; i++) {
      try (Arena arena = Arena.ofConfined()) {
        MemorySegment segment = arena.allocate(BYTES);
        segment.set(ValueLayout.JAVA_INT, 0, i);
        sum += segment.get(ValueLayout.JAVA_INT, Integer.BYTES);
      }
    }
    return sum;
  }

  private static long hakmemConfined(int operations) {
    long sum = 0;
    for (int i = 0; i < operations; i++) {
      try (Arena arena = HakmemArena.ofConfined()) {
        MemorySegment segment = arena.allocate(BYTES);
        segment.set(ValueLayout.JAVA_INT, 0, i);
        sum += segment.get(ValueLayout.JAVA_INT, Integer.BYTES);
      }
    }
    return sum;
  }

  private static long instanceConfined(int operations) {
    long sum = 0;
    for (int i = 0; i < operations; i++) {
      try (Arena arena = HakmemArena.ofConfined(INSTANCE)) {
        MemorySegment segment = arena.allocate(BYTES);
        segment.set(ValueLayout.JAVA_INT, 0, i);
        sum += segment.get(ValueLayout.JAVA_INT, Integer.BYTES);
      }
    }
    return sum;
  }

  private static long jdkPassedOn(int operations) {
    long sum = 0;
    for (int i = 0; i < operations; i++) {
      try (Arena arena = Arena.ofConfined()) {
        sum += writeOne(arena, i);
      }
    }
    return sum;
  }

  private static long hakmemPassedOn(int operations) {
    long sum = 0;
    for (int i = 0; i < operations; i++) {
      try (Arena arena = HakmemArena.ofConfined()) {
        sum += writeOne(arena, i);
      }
    }
    return sum;
  }

  private static long jdkMany(int operations) {
    long sum = 0;
    for (int i = 0; i < operations; i++) {
      try (Arena arena = Arena.ofConfined()) {
        sum += writeMany(arena, i);
      }
    }
    return sum;
  }

  private static long hakmemMany(int operations) {
    long sum = 0;
    for (int i = 0; i < operations; i++) {
      try (Arena arena = HakmemArena.ofConfined()) {
        sum += writeMany(arena, i);
      }
    }
    return sum;
  }

  private static long writeOne(Arena arena, int value) {
    MemorySegment segment = arena.allocate(BYTES);
    segment.set(ValueLayout.JAVA_INT, 0, value);
    return segment.get(ValueLayout.JAVA_INT, Integer.BYTES);
  }

  private static long writeMany(Arena arena, int value) {
    long sum = 0;
    for (int i = 0; i < MANY; i++) {
      sum += writeOne(arena, value);
    }
    return sum;
  }

  private static long allocateFree(int operations) {
    long sum = 0;
    for (int i = 0; i < operations; i++) {
      long block = Hakmem.allocate(BYTES);
      RawMemory.putInt(block, i);
      sum += block;
      Hakmem.free(block);
    }
    return sum;
  }

  private static long allocateFreeByHandle(int operations) {
    ThreadCache cache = Hakmem.threadCache();
    long sum = 0;
    for (int i = 0; i < operations; i++) {
      long block = cache.allocate(BYTES);
      RawMemory.putInt(block, i);
      sum += block;
      cache.free(block);
    }
    return sum;
  }

  private static long allocateFreeByInstance(int operations) {
    long sum = 0;
    for (int i = 0; i < operations; i++) {
      long block = INSTANCE.allocate(BYTES);
      RawMemory.putInt(block, i);
      sum += block;
      INSTANCE.free(block);
    }
    return sum;
  }
}
