package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.SizeClasses;
import io.hakmem.thread.ClassCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A million random operations against a model that knows which bytes are taken, and by what. */
class RandomModelTest {

  private static final int OPERATIONS = 1_000_000;

  /** What the model knows of a live block; {@code inner} is what the size class had to serve. */
  private record Block(long address, int inner, long bytes, long cookie) {
    long end() {
      return address + bytes;
    }
  }

  private final TreeMap<Long, Block> byAddress = new TreeMap<>();
  private final List<Block> live = new ArrayList<>();
  private final long[] allocations = new long[SizeClasses.COUNT];
  private final long[] frees = new long[SizeClasses.COUNT];

  static LongStream seeds() {
    return LongStream.of(42, System.nanoTime());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void agreesWithTheModel(long seed) {
    ClassCounters[] before = counters();
    try {
      SplittableRandom random = new SplittableRandom(seed);
      for (int i = 0; i < OPERATIONS; i++) {
        step(random, i);
      }
      reconcile(before);
      while (!live.isEmpty()) {
        freeOne(live.size() - 1);
      }
      reconcile(before);
    } catch (Throwable e) {
      throw new AssertionError("seed " + seed, e);
    }
  }

  /** Allocates more often than it frees for a while, then the other way round. */
  private void step(SplittableRandom random, int i) {
    if (i % 50_000 == 49_999) {
      Hakmem.trim();
    }
    boolean grows = (i >> 14) % 2 == 0;
    boolean allocate = random.nextInt(100) < (grows ? 65 : 35);
    if (allocate || live.isEmpty()) {
      allocateOne(size(random), random);
    } else {
      freeOne(random.nextInt(live.size()));
    }
  }

  private static int size(SplittableRandom random) {
    int kind = random.nextInt(1000);
    if (kind < 2) {
      return random.nextInt(SizeClasses.MAX_CLASS_BYTES + 1, 1_200_000);
    }
    if (kind < 30) {
      return random.nextInt(SizeClasses.MAX_CLASS_BYTES + 1);
    }
    return random.nextInt(kind < 500 ? 64 : SizeClasses.MAX_TINY_BYTES + 1);
  }

  private void allocateOne(int size, SplittableRandom random) {
    // One in 16 with an alignment of 2 to 4096.
    int alignment = random.nextInt(16) == 0 ? 2 << random.nextInt(12) : 1;
    long address = alignment == 1 ? Hakmem.allocate(size) : Hakmem.allocateAligned(size, alignment);
    assertEquals(0, address % Math.max(16, alignment));
    int inner = alignment <= 16 ? size : size + alignment - 16;
    long cookie = random.nextLong();
    Block block = new Block(address, inner, Hakmem.usableSize(address), cookie);
    assertTrue(block.bytes() >= size, () -> block + " for " + size);
    Map.Entry<Long, Block> below = byAddress.lowerEntry(address + 1);
    Map.Entry<Long, Block> above = byAddress.higherEntry(address);
    // The byte in front of a block is its header and may not be a neighbour's last either.
    assertTrue(below == null || below.getValue().end() <= address - 1, () -> block + "/" + below);
    assertTrue(above == null || block.end() <= above.getKey() - 1, () -> block + "/" + above);
    Cookie.write(address, block.bytes(), cookie);
    byAddress.put(address, block);
    live.add(block);
    if (Sizes.hasClass(inner)) {
      allocations[Sizes.classOf(inner)]++;
    }
  }

  private void freeOne(int index) {
    Block block = live.get(index);
    Block last = live.removeLast();
    if (index < live.size()) {
      live.set(index, last);
    }
    byAddress.remove(block.address());
    Cookie.verify(block.address(), block.bytes(), block.cookie());
    Hakmem.free(block.address());
    if (Sizes.hasClass(block.inner())) {
      frees[Sizes.classOf(block.inner())]++;
    }
  }

  private void reconcile(ClassCounters[] before) {
    ClassCounters[] now = counters();
    for (int c = 0; c < SizeClasses.COUNT; c++) {
      String name = "class " + c;
      assertEquals(allocations[c], now[c].pops() - before[c].pops(), name);
      assertEquals(frees[c], now[c].pushes() - before[c].pushes(), name);
      assertEquals(
          allocations[c],
          now[c].allocateHits() - before[c].allocateHits() + now[c].refills() - before[c].refills(),
          name);
      assertEquals(
          frees[c],
          now[c].freeHits() - before[c].freeHits() + now[c].rejections() - before[c].rejections(),
          name);
      assertEquals(allocations[c] - frees[c], now[c].inUse() - before[c].inUse(), name);
    }
  }

  private static ClassCounters[] counters() {
    ClassCounters[] counters = new ClassCounters[SizeClasses.COUNT];
    for (int sizeClass = 0; sizeClass < counters.length; sizeClass++) {
      counters[sizeClass] = Hakmem.counters(sizeClass);
    }
    return counters;
  }
}
