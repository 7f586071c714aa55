package io.hakmem.benchmarks;

import io.hakmem.Hakmem;
import io.hakmem.memory.RawMemory;
import java.io.PrintStream;
import java.util.Locale;

/**
 * A peak and what is left of it: one thread allocates and touches, another frees, and the decay
 * time later the operating system should have nearly all of it back.
 */
final class Peak {

  private static final double ENOUGH_BACK = 0.95;
  private static final int PAGE = 4096;

  private Peak() {}

  /** Bytes, size of a block. */
  static int run(long[] values, PrintStream out) throws InterruptedException {
    int size = (int) values[1];
    long[] blocks = new long[(int) Math.max(1, values[0] / size)];
    Hakmem.free(Hakmem.allocate(size));
    long before = residentBytes();
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Hakmem.allocate(size);
      touch(blocks[i], size);
    }
    long peak = residentBytes();
    Thread freeing = Thread.ofPlatform().start(() -> freeAll(blocks));
    freeing.join();
    Thread.sleep(Math.max(0, Hakmem.options().decayMillis()));
    long after = residentBytes();
    double back = (double) (peak - after) / (peak - before);
    boolean holds = back >= ENOUGH_BACK;
    out.println(
        String.format(
            Locale.ROOT,
            "%d blocks of %d bytes: %d bytes before, %d at the peak, %d one decay time after:"
                + " %.1f %% back: %s",
            blocks.length,
            size,
            before,
            peak,
            after,
            100 * back,
            holds ? "holds" : "does not hold"));
    return holds ? Main.OK : Main.FAILED;
  }

  /**
   * What the process has in memory, or where that is not known what the allocator has committed.
   */
  private static long residentBytes() {
    ResidentMemory memory = ResidentMemory.read();
    return memory.isKnown() ? memory.processBytes() : Hakmem.statistics().committed();
  }

  private static void touch(long block, int size) {
    for (int offset = 0; offset < size; offset += PAGE) {
      RawMemory.putByte(block + offset, (byte) 1);
    }
  }

  private static void freeAll(long[] blocks) {
    for (long block : blocks) {
      Hakmem.free(block);
    }
  }
}
