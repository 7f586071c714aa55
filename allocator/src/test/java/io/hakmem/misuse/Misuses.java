package io.hakmem.misuse;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.hakmem.Allocator;
import io.hakmem.Hakmem;
import io.hakmem.InvalidFreeException;
import io.hakmem.ThreadCache;
import io.hakmem.config.AllocatorOptions;
import io.hakmem.memory.RawMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The catalogue: small programs, each with one mistake, by name. Run with the names of some, or
 * with none for all, it prints {@code name: kind} and the message of what was caught.
 */
public final class Misuses {

  /** A program with a mistake. */
  interface Program {
    void run() throws Exception;
  }

  /** What was wrong and what must be said about it. */
  record Entry(String kind, Program program, boolean stacks) {}

  private static final Map<String, Entry> ALL = new LinkedHashMap<>();

  private static final int TINY = 100;
  private static final int MEDIUM = 5_000;
  private static final int SPAN = 500_000;
  private static final int MAPPED = 3_000_000;

  static {
    addDoubleFrees();
    addForeign();
    addInside();
    addOverruns();
    addWritesAfterFree();
    addOthers();
  }

  private Misuses() {}

  static Entry entry(String name) {
    Entry entry = ALL.get(name);
    if (entry == null) {
      throw new IllegalArgumentException("no program '" + name + "'");
    }
    return entry;
  }

  static Map<String, Entry> all() {
    return ALL;
  }

  private static void add(String name, String kind, Program program) {
    ALL.put(name, new Entry(kind, program, true));
  }

  private static void addWithoutStacks(String name, String kind, Program program) {
    ALL.put(name, new Entry(kind, program, false));
  }

  private static long allocateHere(long size) {
    return Hakmem.allocate(size);
  }

  private static void freeHere(long block) {
    Hakmem.free(block);
  }

  private static void inThread(Program program) throws Exception {
    List<Throwable> thrown = new ArrayList<>();
    Thread thread =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    program.run();
                  } catch (Throwable e) {
                    thrown.add(e);
                  }
                });
    thread.join();
    if (!thrown.isEmpty() && thrown.getFirst() instanceof InvalidFreeException e) {
      throw e;
    }
  }

  private static void addDoubleFrees() {
    int[] sizes = {TINY, MEDIUM, SPAN, MAPPED};
    String[] names = {"tiny", "medium", "span", "mapped"};
    for (int i = 0; i < sizes.length; i++) {
      int size = sizes[i];
      add(
          "double free " + names[i],
          "doubleFree",
          () -> {
            long block = allocateHere(size);
            freeHere(block);
            Hakmem.free(block);
          });
    }
    add(
        "double free in another thread",
        "doubleFree",
        () -> {
          long block = allocateHere(TINY);
          freeHere(block);
          inThread(() -> Hakmem.free(block));
        });
    add(
        "double free in a virtual thread",
        "doubleFree",
        () -> {
          long block = allocateHere(TINY);
          List<RuntimeException> caught = new ArrayList<>();
          freeHere(block);
          Thread.ofVirtual()
              .start(
                  () -> {
                    try {
                      Hakmem.free(block);
                    } catch (InvalidFreeException e) {
                      caught.add(e);
                    }
                  })
              .join();
          throw caught.getFirst();
        });
    add(
        "double free with others between",
        "doubleFree",
        () -> {
          long[] blocks = new long[200];
          for (int i = 0; i < blocks.length; i++) {
            blocks[i] = allocateHere(TINY);
          }
          for (long block : blocks) {
            freeHere(block);
          }
          Hakmem.free(blocks[100]);
        });
    add(
        "double free after the block went to the central list",
        "doubleFree",
        () -> {
          long block = allocateHere(TINY);
          freeHere(block);
          Hakmem.flushThreadCache();
          Hakmem.free(block);
        });
    add(
        "double free after the slab went back",
        "doubleFree",
        () -> {
          long block = allocateHere(20_001);
          freeHere(block);
          Hakmem.trim();
          Hakmem.free(block);
        });
    add(
        "double free after the slab serves another class",
        "doubleFree",
        () -> {
          long block = allocateHere(40_001);
          freeHere(block);
          Hakmem.trim();
          List<Long> others = new ArrayList<>();
          for (int i = 0; i < 200; i++) {
            others.add(Hakmem.allocate(30_000));
          }
          try {
            Hakmem.free(block);
          } finally {
            others.forEach(Hakmem::free);
          }
        });
    add(
        "double free aligned",
        "doubleFree",
        () -> {
          long block = alignedHere(TINY, 256);
          freeHere(block);
          Hakmem.free(block);
        });
    add(
        "double free aligned span",
        "doubleFree",
        () -> {
          long block = alignedHere(SPAN, 4096);
          freeHere(block);
          Hakmem.free(block);
        });
    add(
        "double free by reallocate",
        "doubleFree",
        () -> {
          long block = allocateHere(TINY);
          freeHere(block);
          Hakmem.reallocate(block, 4 * TINY);
        });
    add(
        "free of the old address after reallocate",
        "doubleFree",
        () -> {
          long block = allocateHere(TINY);
          long moved = reallocateHere(block, 40 * TINY);
          try {
            Hakmem.free(block);
          } finally {
            Hakmem.free(moved);
          }
        });
    addWithoutStacks(
        "double free of a buffer",
        "doubleFree",
        () -> {
          ByteBuffer buffer = Hakmem.allocateBuffer(TINY);
          Hakmem.free(buffer);
          Hakmem.free(buffer);
        });
    addWithoutStacks(
        "double free of a segment",
        "doubleFree",
        () -> {
          MemorySegment segment = Hakmem.allocateSegment(MEDIUM);
          Hakmem.free(segment);
          Hakmem.free(segment);
        });
    add(
        "double free by handle",
        "doubleFree",
        () -> {
          ThreadCache cache = Hakmem.threadCache();
          long block = cache.allocate(TINY);
          cache.free(block);
          cache.free(block);
        });
    add("two threads free one block", "doubleFree", Misuses::race);
  }

  private static long reallocateHere(long block, long size) {
    long moved = Hakmem.reallocate(block, size);
    if (moved == block) {
      throw new AssertionError("a checked block moves when it grows");
    }
    return moved;
  }

  private static void race() throws Exception {
    for (int round = 0; round < 1000; round++) {
      long block = allocateHere(TINY);
      List<InvalidFreeException> caught = new ArrayList<>();
      Thread[] threads = new Thread[2];
      java.util.concurrent.CyclicBarrier start = new java.util.concurrent.CyclicBarrier(2);
      for (int i = 0; i < 2; i++) {
        threads[i] =
            Thread.ofPlatform()
                .start(
                    () -> {
                      try {
                        start.await();
                        Hakmem.free(block);
                      } catch (InvalidFreeException e) {
                        synchronized (caught) {
                          caught.add(e);
                        }
                      } catch (Exception e) {
                        throw new AssertionError(e);
                      }
                    });
      }
      threads[0].join();
      threads[1].join();
      if (caught.size() != 1) {
        throw new AssertionError(caught.size() + " of 2 frees were refused");
      }
      if (round == 20) {
        throw caught.getFirst();
      }
    }
  }

  private static long alignedHere(long size, long alignment) {
    long block = Hakmem.allocateAligned(size, alignment);
    while (RawMemory.getByte(block - 1) != (byte) 0xE0) {
      block = Hakmem.allocateAligned(size, alignment);
    }
    return block;
  }

  private static void addForeign() {
    addWithoutStacks("free of a small number", "foreign", () -> Hakmem.free(4096));
    addWithoutStacks(
        "free of a wild address", "foreign", () -> Hakmem.free(0x0000_1234_5678_9AB0L));
    addWithoutStacks(
        "free of a kernel address", "foreign", () -> Hakmem.free(0x3FFF_FFFF_FFFF_FFF0L));
    addWithoutStacks("free of a negative address", "foreign", () -> Hakmem.free(-16));
    addWithoutStacks(
        "free of an arena's memory",
        "foreign",
        () -> {
          try (Arena arena = Arena.ofConfined()) {
            Hakmem.free(arena.allocate(TINY, 16).address());
          }
        });
    addWithoutStacks(
        "free of a block that was never allocated",
        "foreign",
        () -> {
          long block = allocateHere(8_000);
          try {
            Hakmem.free(block + 9984 * 4L);
          } finally {
            Hakmem.free(block);
          }
        });
    addWithoutStacks(
        "reallocate of a wild address", "foreign", () -> Hakmem.reallocate(0x7000_0000_0000L, 10));
    add(
        "free through another allocator",
        "foreign",
        () -> {
          try (Allocator other = new Allocator(AllocatorOptions.defaults())) {
            long block = allocateHere(TINY);
            try {
              other.free(block);
            } finally {
              Hakmem.free(block);
            }
          }
        });
    add(
        "free of a span through another allocator",
        "foreign",
        () -> {
          try (Allocator other = new Allocator(AllocatorOptions.defaults())) {
            other.free(allocateHere(SPAN));
          }
        });
    addWithoutStacks(
        "free of an address just behind a mapping",
        "foreign",
        () -> {
          long block = allocateHere(MAPPED);
          Hakmem.free(block + (1L << 40));
        });
  }

  private static void addInside() {
    add("free inside a tiny block", "interior", () -> Hakmem.free(allocateHere(TINY) + 16));
    add(
        "free inside a block that looks like a header",
        "interior",
        () -> {
          long block = allocateHere(TINY);
          RawMemory.putByte(block + 31, (byte) 0xA3);
          Hakmem.free(block + 32);
        });
    add(
        "free inside a block that looks like a span",
        "interior",
        () -> {
          long block = allocateHere(TINY);
          RawMemory.putByte(block + 31, (byte) 0xC0);
          Hakmem.free(block + 32);
        });
    add(
        "free inside a block that looks aligned",
        "interior",
        () -> {
          long block = allocateHere(TINY);
          RawMemory.putLong(block + 16, block);
          RawMemory.putByte(block + 31, (byte) 0xE0);
          Hakmem.free(block + 32);
        });
    add("free inside a medium block", "interior", () -> Hakmem.free(allocateHere(MEDIUM) + 1024));
    add("free inside a span", "interior", () -> Hakmem.free(allocateHere(SPAN) + 70_000));
    add("free inside a mapped block", "interior", () -> Hakmem.free(allocateHere(MAPPED) + 4096));
    add("free at an odd address", "misaligned", () -> Hakmem.free(allocateHere(TINY) + 1));
    add(
        "free at an odd address in a span",
        "misaligned",
        () -> Hakmem.free(allocateHere(SPAN) + 3));
    add(
        "free of the block of an aligned one",
        "interior",
        () -> {
          long aligned = alignedHere(TINY, 256);
          Hakmem.free(aligned + 32);
        });
  }

  private static void addOverruns() {
    int[] sizes = {TINY - 7, MEDIUM, SPAN, MAPPED};
    String[] names = {"tiny", "medium", "span", "mapped"};
    for (int i = 0; i < sizes.length; i++) {
      int size = sizes[i];
      add(
          "one byte too many " + names[i],
          "overrun",
          () -> {
            long block = allocateHere(size);
            RawMemory.putByte(block + size, (byte) 1);
            Hakmem.free(block);
          });
    }
    add(
        "a string with its zero",
        "overrun",
        () -> {
          long block = allocateHere(5);
          MemorySegment text = RawMemory.segment(block, 6);
          text.setString(0, "hello");
          Hakmem.free(block);
        });
    add(
        "a loop one round too long",
        "overrun",
        () -> {
          long block = allocateHere(1200);
          RawMemory.fill(block, 1208, (byte) 7);
          Hakmem.free(block);
        });
    add(
        "overrun of an aligned block",
        "overrun",
        () -> {
          long block = alignedHere(70, 128);
          RawMemory.putByte(block + 70, (byte) 0);
          Hakmem.free(block);
        });
    add(
        "overrun of zeroed memory",
        "overrun",
        () -> {
          long block = Hakmem.allocateZeroed(3);
          RawMemory.putByte(block + 3, (byte) 0);
          Hakmem.free(block);
        });
    add(
        "overrun after shrinking in place",
        "overrun",
        () -> {
          long block = Hakmem.reallocate(allocateHere(100), 90);
          RawMemory.putByte(block + 90, (byte) 0);
          Hakmem.free(block);
        });
    add(
        "header overwritten",
        "headerDamaged",
        () -> {
          long block = allocateHere(TINY);
          RawMemory.putByte(block - 1, (byte) 0x33);
          Hakmem.free(block);
        });
    add(
        "header of another class",
        "headerDamaged",
        () -> {
          long block = allocateHere(TINY);
          RawMemory.putByte(block - 1, (byte) 0xA2);
          Hakmem.free(block);
        });
    add(
        "header of a span overwritten",
        "headerDamaged",
        () -> {
          long block = allocateHere(SPAN);
          RawMemory.putByte(block - 1, (byte) 0);
          Hakmem.free(block);
        });
    add(
        "overrun into the next block's header",
        "headerDamaged",
        () -> {
          long[] blocks = new long[3];
          for (int i = 0; i < 3; i++) {
            blocks[i] = allocateHere(1087);
          }
          RawMemory.putByte(blocks[1] - 1, (byte) 0);
          Hakmem.free(blocks[1]);
        });
  }

  private static void addWritesAfterFree() {
    for (int offset : new int[] {0, 8, 40, 90}) {
      add(
          "write after free at byte " + offset,
          "writeAfterFree",
          () -> {
            long block = allocateHere(91);
            freeHere(block);
            RawMemory.putByte(block + offset, (byte) 1);
            allocateUntilCaught(91);
          });
    }
    add(
        "write after free, medium",
        "writeAfterFree",
        () -> {
          long block = allocateHere(MEDIUM);
          freeHere(block);
          RawMemory.putLong(block + 2000, 1);
          allocateUntilCaught(MEDIUM);
        });
    add(
        "write after free, span",
        "writeAfterFree",
        () -> {
          long block = allocateHere(SPAN);
          freeHere(block);
          RawMemory.putLong(block + 16, 1);
          Hakmem.trim();
        });
    add(
        "write after free, mapped",
        "writeAfterFree",
        () -> {
          long block = allocateHere(MAPPED);
          freeHere(block);
          RawMemory.putLong(block, 1);
          Hakmem.trim();
        });
    add(
        "zeroed after free",
        "writeAfterFree",
        () -> {
          long block = allocateHere(200);
          freeHere(block);
          RawMemory.fill(block, 200, (byte) 0);
          allocateUntilCaught(200);
        });
    add(
        "link overwritten in the central list",
        "writeAfterFree",
        () -> {
          long[] blocks = new long[300];
          for (int i = 0; i < blocks.length; i++) {
            blocks[i] = allocateHere(333);
          }
          for (int i = 0; i < blocks.length; i++) {
            if (i % 20 != 0) {
              // The others keep the slabs from going back.
              freeHere(blocks[i]);
            }
          }
          Hakmem.flushThreadCache();
          for (int i = 100; i < 110; i++) {
            RawMemory.putLong(blocks[i], 0x1234_5678_9ABCL);
          }
          Hakmem.trim();
          allocateUntilCaught(333);
        });
    add(
        "a cycle of free blocks",
        "writeAfterFree",
        () -> {
          long first = allocateHere(444);
          long second = allocateHere(444);
          freeHere(first);
          freeHere(second);
          RawMemory.putLong(first, second - 1);
          allocateUntilCaught(444);
        });
    add(
        "header of a free block overwritten",
        "headerDamaged",
        () -> {
          long block = allocateHere(555);
          freeHere(block);
          RawMemory.putByte(block - 1, (byte) 0xA0);
          allocateUntilCaught(555);
        });
  }

  private static void allocateUntilCaught(int size) {
    for (int i = 0; i < 10_000; i++) {
      Hakmem.allocate(size);
    }
  }

  private static void addOthers() {
    add("wrong size given to free", "wrongSize", () -> Hakmem.free(allocateHere(TINY), TINY + 1));
    add("wrong size of a span", "wrongSize", () -> Hakmem.free(allocateHere(SPAN), TINY));
    addWithoutStacks(
        "free through a closed allocator",
        "closedAllocator",
        () -> {
          Allocator closed = new Allocator(AllocatorOptions.defaults());
          long block = closed.allocate(TINY);
          closed.close();
          closed.free(block);
        });
    add(
        "free of a closed allocator's block",
        "closedAllocator",
        () -> {
          Allocator closed = new Allocator(AllocatorOptions.defaults());
          long block = closed.allocate(TINY);
          closed.close();
          Hakmem.free(block);
        });
    addWithoutStacks(
        "free by the handle of a closed allocator",
        "closedAllocator",
        () -> {
          Allocator closed = new Allocator(AllocatorOptions.defaults());
          ThreadCache cache = closed.threadCache();
          long block = cache.allocate(TINY);
          closed.close();
          cache.free(block);
        });
    add(
        "segment written behind its end by address",
        "overrun",
        () -> {
          MemorySegment segment = Hakmem.allocateSegment(37);
          RawMemory.segment(segment.address(), 40).set(JAVA_BYTE, 38, (byte) 9);
          Hakmem.free(segment);
        });
    add(
        "long written at the last byte",
        "overrun",
        () -> {
          MemorySegment segment = RawMemory.segment(allocateHere(65), 80);
          segment.set(JAVA_LONG.withByteAlignment(1), 64, -1L);
          Hakmem.free(segment);
        });
  }

  /** Prints a line for each program, and what was said. */
  public static void main(String[] names) {
    List<String> wanted = names.length == 0 ? List.copyOf(ALL.keySet()) : List.of(names);
    for (String name : wanted) {
      String kind = "nothing";
      String message = "";
      try {
        entry(name).program().run();
      } catch (InvalidFreeException e) {
        kind = e.kind();
        message = String.valueOf(e.getMessage());
      } catch (Throwable e) {
        kind = e.toString();
      }
      System.out.println("== " + name + ": " + kind);
      System.out.println(message);
    }
  }
}
