package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.SizeClasses;
import io.hakmem.slab.LargeBlocks;
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

  /** What the model knows of a live block; {@code bytes} are all usable ones. */
  private record Block(long address, int size, long bytes, long cookie) {
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
    boolean grows = (i >> 14) % 2 == 0;
    boolean allocate = random.nextInt(100) < (grows ? 65 : 35);
    if (allocate || live.isEmpty()) {
      allocateOne(size(random), random.nextLong());
    } else {
      freeOne(random.nextInt(live.size()));
    }
  }

  private static int size(SplittableRandom random) {
    int kind = random.nextInt(1000);
    if (kind < 4) {
      return random.nextInt(SizeClasses.MAX_TINY_BYTES + 1, 40_000);
    }
    return kind < 500 ? random.nextInt(64) : random.nextInt(SizeClasses.MAX_TINY_BYTES + 1);
  }

  private void allocateOne(int size, long cookie) {
    long address = Hakmem.allocate(size);
    boolean tiny = size <= SizeClasses.MAX_TINY_BYTES;
    long bytes =
        tiny ? SizeClasses.usableBytes(SizeClasses.of(size)) : LargeBlocks.usableBytes(address);
    Block block = new Block(address, size, bytes, cookie);
    Map.Entry<Long, Block> below = byAddress.lowerEntry(address + 1);
    Map.Entry<Long, Block> above = byAddress.higherEntry(address);
    // The byte in front of a block is its header and may not be a neighbour's last either.
    assertTrue(below == null || below.getValue().end() <= address - 1, () -> block + "/" + below);
    assertTrue(above == null || block.end() <= above.getKey() - 1, () -> block + "/" + above);
    Cookie.write(address, bytes, cookie);
    byAddress.put(address, block);
    live.add(block);
    if (tiny) {
      allocations[SizeClasses.of(size)]++;
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
    if (block.size() <= SizeClasses.MAX_TINY_BYTES) {
      frees[SizeClasses.of(block.size())]++;
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
