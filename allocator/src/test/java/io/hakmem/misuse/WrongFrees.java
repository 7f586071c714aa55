package io.hakmem.misuse;

import static io.hakmem.misuse.Misuses.MAPPED;
import static io.hakmem.misuse.Misuses.MEDIUM;
import static io.hakmem.misuse.Misuses.SPAN;
import static io.hakmem.misuse.Misuses.TINY;
import static io.hakmem.misuse.Misuses.add;
import static io.hakmem.misuse.Misuses.addWithoutStacks;
import static io.hakmem.misuse.Misuses.alignedHere;
import static io.hakmem.misuse.Misuses.allocateHere;
import static io.hakmem.misuse.Misuses.bufferHere;
import static io.hakmem.misuse.Misuses.freeHere;
import static io.hakmem.misuse.Misuses.inThread;
import static io.hakmem.misuse.Misuses.reallocateHere;
import static io.hakmem.misuse.Misuses.segmentHere;
import static io.hakmem.misuse.Misuses.wrongFree;
import static io.hakmem.misuse.Misuses.wrongReallocate;

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
import java.util.List;

/** Programs that free what they must not. */
final class WrongFrees {

  private WrongFrees() {}

  static void addTo() {
    addDoubleFrees();
    addForeign();
    addInside();
    addOthers();
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
            wrongFree(block);
          });
    }
    add(
        "double free in another thread",
        "doubleFree",
        () -> {
          long block = allocateHere(TINY);
          freeHere(block);
          inThread(() -> wrongFree(block));
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
                      wrongFree(block);
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
          wrongFree(blocks[100]);
        });
    add(
        "double free after the block went to the central list",
        "doubleFree",
        () -> {
          long block = allocateHere(TINY);
          freeHere(block);
          Hakmem.flushThreadCache();
          wrongFree(block);
        });
    add(
        "double free after the slab went back",
        "doubleFree",
        () -> {
          long block = allocateHere(20_001);
          freeHere(block);
          Hakmem.trim();
          wrongFree(block);
        });
    add(
        "double free after the slab serves another class",
        "doubleFree",
        () -> {
          long[] blocks = {allocateHere(40_001), allocateHere(40_001), allocateHere(40_001)};
          for (long block : blocks) {
            freeHere(block);
          }
          Hakmem.trim();
          wrongFree(inAnotherBlock(blocks, 30_000));
        });
    add(
        "double free aligned",
        "doubleFree",
        () -> {
          long block = alignedHere(TINY, 256);
          freeHere(block);
          wrongFree(block);
        });
    add(
        "double free aligned span",
        "doubleFree",
        () -> {
          long block = alignedHere(SPAN, 4096);
          freeHere(block);
          wrongFree(block);
        });
    add(
        "double free by reallocate",
        "doubleFree",
        () -> {
          long block = allocateHere(TINY);
          freeHere(block);
          wrongReallocate(block, 4 * TINY);
        });
    add(
        "free of the old address after reallocate",
        "doubleFree",
        () -> {
          long block = allocateHere(TINY);
          long moved = reallocateHere(block, 40 * TINY);
          try {
            wrongFree(block);
          } finally {
            Hakmem.free(moved);
          }
        });
    add(
        "double free of a buffer",
        "doubleFree",
        () -> {
          ByteBuffer buffer = bufferHere(TINY);
          freeHere(buffer);
          wrongFree(buffer);
        });
    add(
        "double free of a segment",
        "doubleFree",
        () -> {
          MemorySegment segment = segmentHere(MEDIUM);
          freeHere(segment);
          wrongFree(segment);
        });
    add(
        "double free by handle",
        "doubleFree",
        () -> {
          ThreadCache cache = Hakmem.threadCache();
          long block = allocateHere(cache, TINY);
          freeHere(cache, block);
          wrongFree(cache, block);
        });
    add("two threads free one block", "doubleFree", WrongFrees::race);
  }

  /** Allocates until one of some freed addresses lies inside a block, but does not start one. */
  private static long inAnotherBlock(long[] freed, int size) {
    for (int i = 0; i < 1000; i++) {
      long other = Hakmem.allocate(size);
      for (long address : freed) {
        if (address > other && address < other + size) {
          return address;
        }
      }
    }
    throw new AssertionError("their slab serves no other class");
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
                        wrongFree(block);
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

  private static void addForeign() {
    addWithoutStacks("free of a small number", "foreign", () -> wrongFree(4096));
    addWithoutStacks("free of a wild address", "foreign", () -> wrongFree(0x0000_1234_5678_9AB0L));
    addWithoutStacks(
        "free of a kernel address", "foreign", () -> wrongFree(0x3FFF_FFFF_FFFF_FFF0L));
    addWithoutStacks("free of a negative address", "foreign", () -> wrongFree(-16));
    addWithoutStacks(
        "free of an arena's memory",
        "foreign",
        () -> {
          try (Arena arena = Arena.ofConfined()) {
            wrongFree(arena.allocate(TINY, 16).address());
          }
        });
    addWithoutStacks(
        "free of a block that was never allocated",
        "foreign",
        () -> {
          long block = allocateHere(8_000);
          try {
            wrongFree(block + 9984 * 4L);
          } finally {
            Hakmem.free(block);
          }
        });
    addWithoutStacks(
        "reallocate of a wild address", "foreign", () -> wrongReallocate(0x7000_0000_0000L, 10));
    add(
        "free through another allocator",
        "foreign",
        () -> {
          try (Allocator other = new Allocator(AllocatorOptions.defaults())) {
            long block = allocateHere(TINY);
            try {
              wrongFree(other, block);
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
            wrongFree(other, allocateHere(SPAN));
          }
        });
    addWithoutStacks(
        "free of an address just behind a mapping",
        "foreign",
        () -> {
          long block = allocateHere(MAPPED);
          wrongFree(block + (1L << 40));
        });
  }

  private static void addInside() {
    add("free inside a tiny block", "interior", () -> wrongFree(allocateHere(TINY) + 16));
    add(
        "free inside a block that looks like a header",
        "interior",
        () -> {
          long block = allocateHere(TINY);
          RawMemory.putByte(block + 31, (byte) 0xA3);
          wrongFree(block + 32);
        });
    add(
        "free inside a block that looks like a span",
        "interior",
        () -> {
          long block = allocateHere(TINY);
          RawMemory.putByte(block + 31, (byte) 0xC0);
          wrongFree(block + 32);
        });
    add(
        "free inside a block that looks aligned",
        "interior",
        () -> {
          long block = allocateHere(TINY);
          RawMemory.putLong(block + 16, block);
          RawMemory.putByte(block + 31, (byte) 0xE0);
          wrongFree(block + 32);
        });
    add("free inside a medium block", "interior", () -> wrongFree(allocateHere(MEDIUM) + 1024));
    add("free inside a span", "interior", () -> wrongFree(allocateHere(SPAN) + 70_000));
    add("free inside a mapped block", "interior", () -> wrongFree(allocateHere(MAPPED) + 4096));
    add(
        "free at an odd address",
        "misaligned",
        () -> {
          long block = allocateHere(TINY);
          RawMemory.putByte(block, (byte) 7);
          wrongFree(block + 1);
        });
    add("free at an odd address in a span", "misaligned", () -> wrongFree(allocateHere(SPAN) + 3));
    add(
        "free of the block of an aligned one",
        "interior",
        () -> {
          long aligned = alignedHere(TINY, 256);
          wrongFree(aligned + 32);
        });
  }

  private static void addOthers() {
    add("wrong size given to free", "wrongSize", () -> wrongFree(allocateHere(TINY), TINY + 1));
    add("wrong size of a span", "wrongSize", () -> wrongFree(allocateHere(SPAN), TINY));
    add(
        "free through a closed allocator",
        "closedAllocator",
        () -> {
          Allocator closed = new Allocator(AllocatorOptions.defaults());
          long block = allocateHere(closed, TINY);
          closed.close();
          wrongFree(closed, block);
        });
    add(
        "free of a closed allocator's block",
        "closedAllocator",
        () -> {
          Allocator closed = new Allocator(AllocatorOptions.defaults());
          long block = allocateHere(closed, TINY);
          closed.close();
          wrongFree(block);
        });
    add(
        "free by the handle of a closed allocator",
        "closedAllocator",
        () -> {
          Allocator closed = new Allocator(AllocatorOptions.defaults());
          ThreadCache cache = closed.threadCache();
          long block = allocateHere(cache, TINY);
          closed.close();
          wrongFree(cache, block);
        });
  }
}
