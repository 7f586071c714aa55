package io.hakmem.misuse;

import io.hakmem.Allocator;
import io.hakmem.Hakmem;
import io.hakmem.HakmemArena;
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
import java.util.SplittableRandom;
import java.util.concurrent.SynchronousQueue;

/** Programs without a mistake, all in one JVM: any alarm ends it. */
public final class CorrectPrograms {

  private static final int[] SIZES = {
    0, 1, 7, 8, 15, 16, 31, 63, 64, 79, 100, 255, 1087, 1088, 5000, 99_391, 99_392, 500_000,
    3_000_000
  };

  private static final Map<String, Misuses.Program> ALL = new LinkedHashMap<>();

  static {
    for (int size : SIZES) {
      ALL.put("all bytes of " + size, () -> useAll(size));
      ALL.put("zeroed " + size, () -> zeroed(size));
    }
    for (long alignment : new long[] {32, 64, 4096, 1 << 20}) {
      ALL.put("aligned to " + alignment, () -> aligned(alignment));
    }
    ALL.put("reallocate up and down", CorrectPrograms::reallocate);
    ALL.put("usable size is usable", CorrectPrograms::usable);
    ALL.put("sized free", CorrectPrograms::sized);
    ALL.put("arenas", CorrectPrograms::arenas);
    ALL.put("buffers and segments", CorrectPrograms::buffers);
    ALL.put("the cache in hand", CorrectPrograms::handle);
    ALL.put("trim between", CorrectPrograms::trim);
    ALL.put("random", () -> random(Thread.currentThread().threadId(), 200_000));
    ALL.put("random in four threads", () -> inThreads(false));
    ALL.put("random in virtual threads", () -> inThreads(true));
    ALL.put("hand over to another thread", CorrectPrograms::handOver);
    ALL.put("short-lived threads", CorrectPrograms::shortLived);
    ALL.put("an allocator of one's own", CorrectPrograms::ownAllocator);
    ALL.put("free nothing", () -> Hakmem.free(0));
  }

  private CorrectPrograms() {}

  private static void useAll(int size) {
    List<Long> blocks = new ArrayList<>();
    for (int round = 0; round < 3; round++) {
      for (int i = 0; i < (size > 100_000 ? 3 : 50); i++) {
        long block = Hakmem.allocate(size);
        RawMemory.fill(block, size, (byte) i);
        blocks.add(block);
      }
      blocks.forEach(Hakmem::free);
      blocks.clear();
    }
  }

  private static void zeroed(int size) {
    for (int i = 0; i < 20; i++) {
      long block = Hakmem.allocateZeroed(size);
      for (int at = 0; at < size; at += 97) {
        check(RawMemory.getByte(block + at) == 0, "zero");
      }
      RawMemory.fill(block, size, (byte) 0xFF);
      Hakmem.free(block, size);
    }
  }

  private static void aligned(long alignment) {
    for (int size : new int[] {1, 16, 70, 1000, 70_000, 600_000}) {
      for (int i = 0; i < 10; i++) {
        long block = Hakmem.allocateAligned(size, alignment);
        check(block % alignment == 0, "aligned");
        RawMemory.fill(block, size, (byte) i);
        RawMemory.fill(block, Hakmem.usableSize(block), (byte) i);
        Hakmem.free(block, size);
      }
    }
  }

  private static void reallocate() {
    SplittableRandom random = new SplittableRandom(5);
    long block = 0;
    int size = 0;
    for (int i = 0; i < 3000; i++) {
      int next = random.nextInt(i % 100 == 0 ? 600_000 : 3000);
      long moved = Hakmem.reallocate(block, next);
      int same = Math.min(size, next);
      check(same == 0 || RawMemory.getByte(moved + same - 1) == (byte) (i - 1), "contents");
      RawMemory.fill(moved, next, (byte) i);
      block = moved;
      size = next;
    }
    Hakmem.free(block, size);
  }

  private static void usable() {
    for (int size : SIZES) {
      long block = Hakmem.allocate(size);
      long usable = Hakmem.usableSize(block);
      check(usable >= size, "usable");
      RawMemory.fill(block, usable, (byte) 1);
      Hakmem.free(block);
    }
  }

  private static void sized() {
    for (int size : SIZES) {
      Hakmem.free(Hakmem.allocate(size), size);
      Hakmem.free(Hakmem.reallocate(Hakmem.allocate(size), size + 10), size + 10);
    }
  }

  private static void arenas() {
    for (int round = 0; round < 200; round++) {
      try (Arena confined = HakmemArena.ofConfined();
          Arena shared = HakmemArena.ofShared()) {
        for (int size = 0; size < 40; size++) {
          confined.allocate(size).fill((byte) size);
          shared.allocate(size * 31L, 1L << size % 8).fill((byte) size);
        }
        confined.allocate(200_000).fill((byte) 3);
      }
    }
  }

  private static void buffers() {
    for (int size : SIZES) {
      ByteBuffer buffer = Hakmem.allocateBuffer(size);
      while (buffer.hasRemaining()) {
        buffer.put((byte) 1);
      }
      Hakmem.free(buffer);
      MemorySegment segment = Hakmem.allocateSegment(size);
      segment.fill((byte) 2);
      Hakmem.free(segment);
      segment = Hakmem.segmentAllocator().allocate(size, 64);
      segment.fill((byte) 2);
      Hakmem.free(segment);
    }
  }

  private static void handle() {
    ThreadCache cache = Hakmem.threadCache();
    for (int i = 0; i < 20_000; i++) {
      int size = i % 3000;
      long block = cache.allocate(size);
      RawMemory.fill(block, size, (byte) i);
      cache.free(block);
    }
    cache.flush();
  }

  private static void trim() {
    for (int round = 0; round < 5; round++) {
      useAll(100);
      useAll(20_000);
      Hakmem.flushThreadCache();
      Hakmem.trim();
    }
  }

  private static void random(long seed, int operations) {
    SplittableRandom random = new SplittableRandom(seed);
    long[] blocks = new long[300];
    int[] sizes = new int[blocks.length];
    for (int i = 0; i < operations; i++) {
      int slot = random.nextInt(blocks.length);
      if (blocks[slot] != 0) {
        for (int at = 0; at < sizes[slot]; at += 61) {
          check(RawMemory.getByte(blocks[slot] + at) == (byte) slot, "contents");
        }
        Hakmem.free(blocks[slot]);
        blocks[slot] = 0;
      } else {
        sizes[slot] = random.nextInt(random.nextInt(100) == 0 ? 150_000 : 1200);
        blocks[slot] = Hakmem.allocate(sizes[slot]);
        RawMemory.fill(blocks[slot], sizes[slot], (byte) slot);
      }
    }
    for (long block : blocks) {
      Hakmem.free(block);
    }
  }

  private static void inThreads(boolean virtual) throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> thrown = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      int seed = i;
      Runnable task =
          () -> {
            try {
              random(seed, 50_000);
            } catch (Throwable e) {
              synchronized (thrown) {
                thrown.add(e);
              }
            }
          };
      threads.add(virtual ? Thread.ofVirtual().start(task) : Thread.ofPlatform().start(task));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!thrown.isEmpty()) {
      throw new AssertionError(thrown.getFirst());
    }
  }

  private static void handOver() throws Exception {
    SynchronousQueue<Long> queue = new SynchronousQueue<>();
    Thread producer =
        Thread.ofPlatform()
            .start(
                () -> {
                  try {
                    for (int i = 0; i < 5_000; i++) {
                      queue.put(Hakmem.allocate(i % 2000));
                    }
                    queue.put(0L);
                  } catch (InterruptedException e) {
                    throw new AssertionError(e);
                  }
                });
    for (long block = queue.take(); block != 0; block = queue.take()) {
      Hakmem.free(block);
    }
    producer.join();
  }

  private static void shortLived() throws Exception {
    for (int i = 0; i < 50; i++) {
      int seed = i;
      Thread.ofPlatform().start(() -> random(seed, 300)).join();
    }
  }

  private static void ownAllocator() {
    for (int round = 0; round < 5; round++) {
      try (Allocator own = new Allocator(AllocatorOptions.defaults())) {
        List<Long> blocks = new ArrayList<>();
        for (int size : SIZES) {
          blocks.add(own.allocate(size));
        }
        blocks.forEach(own::free);
      }
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }

  /** Ends with a line that names the path, if all went well. */
  public static void main(String[] arguments) throws Exception {
    for (Map.Entry<String, Misuses.Program> entry : ALL.entrySet()) {
      try {
        entry.getValue().run();
      } catch (Throwable e) {
        throw new AssertionError(entry.getKey(), e);
      }
    }
    Thread.sleep(100);
    System.out.println("all right: " + Hakmem.freePath().path());
  }
}
