package io.hakmem.analysis.planted;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import io.hakmem.Hakmem;
import io.hakmem.HakmemArena;
import io.hakmem.analysis.planted.Clock.Work;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** What the planted programs are put together from. */
final class Works {

  private static volatile double sink;

  private Works() {}

  /** Nothing but arithmetic. */
  static void spin(int rounds) {
    double sum = sink;
    for (int i = 1; i < rounds; i++) {
      sum += 1.0 / ((double) i * i + sum);
    }
    sink = sum;
  }

  /** The application's own work in code that the JVM has by hand, where no sampler sees a frame. */
  static final class Digest implements Work {
    private final byte[] bytes = new byte[1 << 16];
    private final MessageDigest digest;

    Digest() {
      try {
        digest = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public void some() {
      digest.update(bytes);
      sink = digest.digest()[0];
    }
  }

  /** The application's own copies. */
  static final class Copy implements Work {
    private final byte[] from = new byte[1 << 16];
    private final byte[] to = new byte[1 << 16];

    @Override
    public void some() {
      for (int i = 0; i < 10; i++) {
        System.arraycopy(from, 0, to, 0, from.length);
      }
      sink = to[0];
    }
  }

  /** Frees and allocates at random in a working set, as the trial's workload. */
  static final class Pairs implements Work {
    private final long[] live;
    private int random = 42;

    Pairs(int slots) {
      live = new long[slots];
    }

    @Override
    public void some() {
      for (int i = 0; i < 5_000; i++) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        int slot = (random & 0x7FFFFFFF) % live.length;
        if (live[slot] != 0) {
          Hakmem.free(live[slot]);
        }
        live[slot] = Hakmem.allocate(16 + (random & 0x3FF));
      }
    }
  }

  /** Surges of several classes that together want more than a thread's cache may hold. */
  static final class Classes implements Work {
    private static final int[] SIZES = {200, 250, 310, 380, 500, 630, 830, 1080, 1400, 1850, 2430};
    private final long[] blocks;

    Classes(int perClass) {
      blocks = new long[perClass * SIZES.length];
    }

    @Override
    public void some() {
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = Hakmem.allocate(SIZES[i % SIZES.length]);
      }
      for (long block : blocks) {
        Hakmem.free(block);
      }
    }
  }

  /** Pairs of one size in a small working set: no list runs full or empty. */
  static final class Sizes implements Work {
    private final int bytes;
    private final long[] live = new long[64];

    Sizes(int bytes) {
      this.bytes = bytes;
    }

    @Override
    public void some() {
      for (int i = 0; i < 50_000; i++) {
        int slot = i & 63;
        if (live[slot] != 0) {
          Hakmem.free(live[slot]);
        }
        live[slot] = Hakmem.allocate(bytes);
      }
    }
  }

  /** Allocates many blocks, then frees them all. */
  static final class Burst implements Work {
    private final long[] blocks;
    private final long size;
    private final Clock clock;

    Burst(Clock clock, int count, long size) {
      this.clock = clock;
      this.blocks = new long[count];
      this.size = size;
    }

    @Override
    public void some() throws Exception {
      clock.time("allocate", this::allocate);
      clock.time("free", this::free);
    }

    private void allocate() {
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = Hakmem.allocate(size);
      }
    }

    private void free() {
      for (long block : blocks) {
        Hakmem.free(block);
      }
    }
  }

  /** Allocates and never frees, until there is a lot. */
  static final class Hoard implements Work {
    private static final int BLOCKS = 1 << 18;
    private final long[] blocks = new long[BLOCKS];
    private final Clock clock;
    private int count;

    Hoard(Clock clock) {
      this.clock = clock;
    }

    @Override
    public void some() throws Exception {
      clock.time("allocate", this::allocate);
      if (count == BLOCKS) {
        clock.time("free", this::release);
      }
    }

    private void allocate() {
      for (int i = 0; i < 1 << 13; i++) {
        blocks[count++] = Hakmem.allocate(1000);
      }
    }

    private void release() {
      while (count > 0) {
        Hakmem.free(blocks[--count]);
      }
      Hakmem.trim();
    }
  }

  static void large(long bytes) {
    for (int i = 0; i < 20; i++) {
      Hakmem.free(Hakmem.allocate(bytes));
    }
  }

  /** Asks for the sizes of large blocks, which the checked path looks up by address. */
  static final class LookUps implements Work {
    private final long[] blocks = new long[4000];
    private int random = 42;

    LookUps() {
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = Hakmem.allocate(1_500_000);
      }
    }

    @Override
    public void some() {
      long sum = 0;
      for (int i = 0; i < 1000; i++) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        sum += Hakmem.usableSize(blocks[(random & 0x7FFFFFFF) % blocks.length]);
      }
      sink = sum;
    }
  }

  /** Frees blocks all over a large live set, few at a time, and allocates others. */
  static final class LiveSet implements Work {
    private final long[] live;
    private final long bytes;
    private final int[] slots = new int[500];
    private int random = 42;

    LiveSet(int count, long bytes) {
      this.live = new long[count];
      this.bytes = bytes;
      for (int i = 0; i < count; i++) {
        live[i] = Hakmem.allocate(bytes);
      }
    }

    @Override
    public void some() {
      for (int i = 0; i < slots.length; i++) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        slots[i] = (random & 0x7FFFFFFF) % live.length;
        Hakmem.free(live[slots[i]]);
        live[slots[i]] = 0;
      }
      for (int slot : slots) {
        if (live[slot] == 0) {
          live[slot] = Hakmem.allocate(bytes);
        }
      }
    }
  }

  static void zeroed(long bytes) {
    for (int i = 0; i < 100; i++) {
      Hakmem.free(Hakmem.allocateZeroed(bytes));
    }
  }

  static void arenas(long bytes) {
    for (int i = 0; i < 20; i++) {
      try (Arena arena = HakmemArena.ofConfined()) {
        for (int j = 0; j < 10; j++) {
          arena.allocate(bytes);
        }
      }
    }
  }

  /** A buffer that grows and is dropped. */
  static void grown(long first, long most) {
    long block = Hakmem.allocate(first);
    for (long size = 2 * first; size <= most; size *= 2) {
      block = Hakmem.reallocate(block, size);
    }
    Hakmem.free(block);
  }

  /** Writes to every page of fresh memory, which the operating system then has to make. */
  static void filled(long bytes) {
    MemorySegment block = Hakmem.allocateSegment(bytes);
    for (long at = 0; at < bytes; at += 4096) {
      block.set(JAVA_BYTE, at, (byte) 1);
    }
    Hakmem.free(block);
  }

  /** Takes memory up to a peak and gives all of it back, again and again. */
  static final class Sawtooth implements Work {
    private final MemorySegment[] blocks;
    private final long bytes;
    private final boolean write;

    Sawtooth(int count, long bytes, boolean write) {
      this.blocks = new MemorySegment[count];
      this.bytes = bytes;
      this.write = write;
    }

    @Override
    public void some() {
      for (int i = 0; i < blocks.length; i++) {
        blocks[i] = Hakmem.allocateSegment(bytes);
        if (write) {
          blocks[i].set(JAVA_BYTE, 0, (byte) i);
        }
      }
      for (MemorySegment block : blocks) {
        Hakmem.free(block);
      }
    }
  }

  /** Frees blocks all over the memory that it holds, and allocates others. */
  static final class Scattered implements Work {
    private final long[] live;
    private final long bytes;
    private int random = 42;

    Scattered(int count, long bytes) {
      live = new long[count];
      this.bytes = bytes;
    }

    @Override
    public void some() {
      int turn = Math.min(live.length / 2, 3000);
      int[] slots = new int[turn];
      for (int i = 0; i < turn; i++) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        slots[i] = (random & 0x7FFFFFFF) % live.length;
        if (live[slots[i]] != 0) {
          Hakmem.free(live[slots[i]]);
          live[slots[i]] = 0;
        }
      }
      for (int slot : slots) {
        if (live[slot] == 0) {
          live[slot] = Hakmem.allocate(bytes);
        }
      }
    }
  }

  static void aligned(int count) {
    for (int i = 0; i < count; i++) {
      Hakmem.free(Hakmem.allocateAligned(100, 256));
    }
  }

  /** A live set on the Java heap, and garbage beside it. */
  static final class Garbage implements Work {
    private final List<byte[]> live = new ArrayList<>();

    @Override
    public void some() {
      for (int i = 0; i < 1000; i++) {
        byte[] bytes = new byte[100];
        if (live.size() < 300_000) {
          live.add(bytes);
        } else {
          live.set((int) (System.nanoTime() % live.size()), bytes);
        }
      }
      Hakmem.free(Hakmem.allocate(100));
    }
  }
}
