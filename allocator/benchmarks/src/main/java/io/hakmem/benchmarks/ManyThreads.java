package io.hakmem.benchmarks;

import io.hakmem.AllocatorStatistics;
import io.hakmem.Hakmem;
import io.hakmem.memory.RawMemory;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Many short-lived threads: each allocates blocks of a few sizes, frees most of them, and swaps the
 * rest for what an earlier thread left.
 *
 * <p>First platform threads one after the other, then virtual threads in waves. What is committed
 * may not grow with their number: at the end it is at most 1.1 times that of the start plus what
 * the caches that are alive hold.
 */
final class ManyThreads {

  private static final int[] SIZES = {24, 100, 700, 3000, 20_000};
  private static final int BLOCKS_OF_EACH = 8;
  private static final int FIRST_THREADS = 100;
  private static final int WAVE = 1000;

  /** Blocks on their way from one thread to another. */
  private final AtomicReferenceArray<long @Nullable []> left = new AtomicReferenceArray<>(64);

  /** Count. */
  static int run(long[] values, PrintStream out) throws InterruptedException {
    ManyThreads threads = new ManyThreads();
    int count = (int) values[0];
    threads.platform(Math.min(count, FIRST_THREADS));
    threads.virtual(Math.min(count, FIRST_THREADS));

    long start = committedAtRest();
    threads.platform(count);
    boolean holds = report(count, "platform threads in sequence", start, out);

    start = committedAtRest();
    threads.virtual(count);
    holds &= report(count, "virtual threads in waves of " + WAVE, start, out);

    threads.freeLeft();
    return holds ? Main.OK : Main.FAILED;
  }

  private static boolean report(int count, String kind, long start, PrintStream out)
      throws InterruptedException {
    long committed = committedAtRest();
    AllocatorStatistics end = Hakmem.statistics();
    long cached = end.threadCached() + end.sharedCached();
    long most = most(start, cached);
    boolean holds = committed <= most;
    out.println(
        String.format(
            Locale.ROOT,
            "%d %s: committed %d bytes at the start, %d at the end; %d caches alive hold %d, most"
                + " %d: %s",
            count,
            kind,
            start,
            committed,
            end.threads().size() + (end.sharedCached() > 0 ? Hakmem.options().sharedCaches() : 0),
            cached,
            most,
            holds ? "holds" : "EXCEEDED"));
    return holds;
  }

  /** After the decay time, when what threads had for a moment is back with the system. */
  private static long committedAtRest() throws InterruptedException {
    Thread.sleep(Math.max(0, 2 * Hakmem.options().decayMillis()));
    return Hakmem.statistics().committed();
  }

  static long most(long start, long cachedBytes) {
    return start + start / 10 + cachedBytes;
  }

  private void platform(int count) throws InterruptedException {
    for (int i = 0; i < count; i++) {
      int id = i;
      Thread thread = Thread.ofPlatform().start(() -> work(id));
      thread.join();
    }
  }

  private void virtual(int count) throws InterruptedException {
    for (int done = 0; done < count; done += WAVE) {
      List<Thread> wave = new ArrayList<>();
      for (int i = done; i < Math.min(done + WAVE, count); i++) {
        int id = i;
        wave.add(Thread.ofVirtual().start(() -> work(id)));
      }
      for (Thread thread : wave) {
        thread.join();
      }
    }
  }

  private void work(int id) {
    long[] kept = new long[SIZES.length];
    for (int i = 0; i < SIZES.length; i++) {
      long[] blocks = new long[BLOCKS_OF_EACH];
      for (int b = 0; b < blocks.length; b++) {
        blocks[b] = Hakmem.allocate(SIZES[i]);
        RawMemory.putByte(blocks[b] + SIZES[i] - 1, (byte) id);
      }
      kept[i] = blocks[0];
      for (int b = 1; b < blocks.length; b++) {
        Hakmem.free(blocks[b]);
      }
    }
    free(left.getAndSet(id % left.length(), kept));
  }

  private void freeLeft() {
    for (int i = 0; i < left.length(); i++) {
      free(left.getAndSet(i, null));
    }
  }

  private static void free(long @Nullable [] blocks) {
    if (blocks != null) {
      for (long block : blocks) {
        Hakmem.free(block);
      }
    }
  }
}
