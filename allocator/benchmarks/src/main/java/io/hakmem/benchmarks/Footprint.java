package io.hakmem.benchmarks;

import io.hakmem.Allocator;
import io.hakmem.AllocatorStatistics;
import io.hakmem.config.AllocatorOptions;
import io.hakmem.memory.RawMemory;
import java.io.PrintStream;
import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * What the live blocks of random-mixed cost in memory: an allocator of its own runs the loop with
 * every byte of every block written, and is measured while the blocks are live.
 *
 * <p>The loop ran before on an allocator that is closed by then, so that what the compiler needs is
 * there already. {@code src/main/native/footprint.c} is the same for C.
 */
final class Footprint {

  private static final int SEED = 42;
  private static final int SMALLEST = 16;
  private static final int SIZE_MASK = 0x3FF;
  private static final int BURST = 1000;
  private static final long WARM_UP_OPERATIONS = 30_000_000;
  private static final int WARM_UP_READS = 20;
  private static final long IDLE_MILLIS = 250;
  private static final int ENOUGH_IDLE = 4;
  private static final int MOST_WAITS = 60;

  private final Allocator allocator;
  private final long[] blocks;
  private final int[] sizes;

  Footprint(Allocator allocator, int workingSet) {
    this.allocator = allocator;
    this.blocks = new long[workingSet];
    this.sizes = new int[workingSet];
  }

  /** Working set, operations. */
  static int run(long[] values, PrintStream out) throws InterruptedException {
    int workingSet = (int) values[0];
    try (Allocator other = new Allocator(AllocatorOptions.fromSystem())) {
      Footprint warmUp = new Footprint(other, workingSet);
      warmUp.allocateAndFree(WARM_UP_OPERATIONS);
      for (int i = 0; i < WARM_UP_READS; i++) {
        warmUp.residentBytes(ResidentMemory.read());
      }
    }
    awaitCompiler();
    try (Allocator allocator = new Allocator(AllocatorOptions.fromSystem())) {
      Footprint footprint = new Footprint(allocator, workingSet);
      ResidentMemory before = ResidentMemory.read();
      footprint.allocateAndFree(values[1]);
      ResidentMemory after = ResidentMemory.read();
      footprint.print(before, after, out);
    }
    return Main.OK;
  }

  /**
   * Waits until the JIT compiler has been idle for a while: the memory that it works in, up to some
   * hundred kilobytes, would otherwise count as growth of whatever happens to run meanwhile.
   */
  private static void awaitCompiler() throws InterruptedException {
    CompilationMXBean compiler = ManagementFactory.getCompilationMXBean();
    if (compiler == null || !compiler.isCompilationTimeMonitoringSupported()) {
      return;
    }
    long seen = compiler.getTotalCompilationTime();
    for (int idle = 0, waits = 0; idle < ENOUGH_IDLE && waits < MOST_WAITS; waits++) {
      Thread.sleep(IDLE_MILLIS);
      long now = compiler.getTotalCompilationTime();
      idle = now == seen ? idle + 1 : 0;
      seen = now;
    }
  }

  private void print(ResidentMemory before, ResidentMemory after, PrintStream out) {
    AllocatorStatistics statistics = allocator.statistics();
    long live = liveBytes();
    print(out, "live", live, live);
    print(out, "in use", statistics.inUse(), live);
    print(out, "cached by threads", statistics.threadCached(), live);
    print(out, "cached centrally", statistics.centralCached(), live);
    print(out, "committed", statistics.committed(), live);
    if (after.isKnown()) {
      print(out, "resident growth", residentBytes(after) - residentBytes(before), live);
      print(out, "process growth", after.processBytes() - before.processBytes(), live);
    } else {
      out.println("resident growth    unknown: there is no /proc/self/smaps here");
    }
  }

  private static void print(PrintStream out, String name, long bytes, long live) {
    out.println(
        String.format(
            Locale.ROOT, "%-17s %12d bytes  %.3f of live", name, bytes, (double) bytes / live));
  }

  private void allocateAndFree(long operations) {
    int r = SEED;
    for (long left = operations; left > 0; left -= BURST) {
      r = burst((int) Math.min(left, BURST), r);
    }
  }

  private int burst(int operations, int seed) {
    int r = seed;
    for (int i = 0; i < operations; i++) {
      r ^= r << 13;
      r ^= r >>> 17;
      r ^= r << 5;
      int slot = Integer.remainderUnsigned(r, blocks.length);
      if (blocks[slot] != 0) {
        allocator.free(blocks[slot]);
        blocks[slot] = 0;
        sizes[slot] = 0;
      } else {
        int size = SMALLEST + (r & SIZE_MASK);
        long fresh = allocator.allocate(size);
        RawMemory.fill(fresh, size, (byte) r);
        blocks[slot] = fresh;
        sizes[slot] = size;
      }
    }
    return r;
  }

  long liveBytes() {
    return Arrays.stream(sizes).asLongStream().sum();
  }

  /** What is resident of the mappings that hold the live blocks. */
  private long residentBytes(ResidentMemory memory) {
    return memory.bytesAround(Arrays.stream(blocks).filter(block -> block != 0).sorted().toArray());
  }
}
