package io.hakmem.misuse;

import io.hakmem.Allocator;
import io.hakmem.Hakmem;
import io.hakmem.InvalidFreeException;
import io.hakmem.ThreadCache;
import io.hakmem.memory.RawMemory;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The catalogue: small programs, each with one mistake, by name. Run with the names of some, or
 * with none for all, it prints of each what was caught; see {@link Said}.
 */
public final class Misuses {

  /** A program with a mistake. */
  interface Program {
    void run() throws Exception;
  }

  /** What was wrong and what must be said about it. */
  record Entry(String kind, Program program, boolean stacks) {}

  private static final Map<String, Entry> ALL = new LinkedHashMap<>();

  /** What the lines of the output start with. */
  static final String NAME = "== ";

  static final String KIND = "kind: ";
  static final String ADDRESS = "address: ";
  static final String THROWN = "  thrown";

  static final int TINY = 100;
  static final int MEDIUM = 5_000;
  static final int SPAN = 500_000;
  static final int MAPPED = 3_000_000;

  static {
    WrongFrees.addTo();
    WrongWrites.addTo();
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

  static void add(String name, String kind, Program program) {
    ALL.put(name, new Entry(kind, program, true));
  }

  static void addWithoutStacks(String name, String kind, Program program) {
    ALL.put(name, new Entry(kind, program, false));
  }

  static long allocateHere(long size) {
    return Hakmem.allocate(size);
  }

  static void freeHere(long block) {
    Hakmem.free(block);
  }

  static long allocateHere(Allocator allocator, long size) {
    return allocator.allocate(size);
  }

  static long allocateHere(ThreadCache cache, long size) {
    return cache.allocate(size);
  }

  static long zeroedHere(long size) {
    return Hakmem.allocateZeroed(size);
  }

  static MemorySegment segmentHere(long size) {
    return Hakmem.allocateSegment(size);
  }

  static ByteBuffer bufferHere(int size) {
    return Hakmem.allocateBuffer(size);
  }

  static void freeHere(MemorySegment segment) {
    Hakmem.free(segment);
  }

  static void freeHere(ByteBuffer buffer) {
    Hakmem.free(buffer);
  }

  static void freeHere(ThreadCache cache, long block) {
    cache.free(block);
  }

  static void wrongFree(long address) {
    Hakmem.free(address);
  }

  static void wrongFree(long address, long size) {
    Hakmem.free(address, size);
  }

  static void wrongFree(MemorySegment segment) {
    Hakmem.free(segment);
  }

  static void wrongFree(ByteBuffer buffer) {
    Hakmem.free(buffer);
  }

  static void wrongFree(ThreadCache cache, long address) {
    cache.free(address);
  }

  static void wrongFree(Allocator allocator, long address) {
    allocator.free(address);
  }

  static void wrongReallocate(long address, long size) {
    Hakmem.reallocate(address, size);
  }

  static void trimUntilCaught() {
    Hakmem.trim();
  }

  static void inThread(Program program) throws Exception {
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

  static long reallocateHere(long block, long size) {
    long moved = Hakmem.reallocate(block, size);
    if (moved == block) {
      throw new AssertionError("a checked block moves when it grows");
    }
    return moved;
  }

  static long alignedHere(long size, long alignment) {
    long block = Hakmem.allocateAligned(size, alignment);
    while (RawMemory.getByte(block - 1) != (byte) 0xE0) {
      block = Hakmem.allocateAligned(size, alignment);
    }
    return block;
  }

  static void allocateUntilCaught(int size) {
    for (int i = 0; i < 10_000; i++) {
      Hakmem.allocate(size);
    }
  }

  /** Prints a line for each program, what was said, and the stack that it was said on. */
  public static void main(String[] names) {
    List<String> wanted = names.length == 0 ? List.copyOf(ALL.keySet()) : List.of(names);
    for (String name : wanted) {
      System.out.println(NAME + name);
      try {
        entry(name).program().run();
        System.out.println(KIND + "nothing");
      } catch (InvalidFreeException e) {
        System.out.println(KIND + e.kind());
        System.out.println(ADDRESS + Long.toHexString(e.address()));
        System.out.println(e.getMessage());
        System.out.println(THROWN);
        for (StackTraceElement frame : e.getStackTrace()) {
          System.out.println("    at " + frame);
        }
      } catch (Throwable e) {
        System.out.println(KIND + e);
      }
    }
  }
}
