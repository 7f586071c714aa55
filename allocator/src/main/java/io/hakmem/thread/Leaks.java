package io.hakmem.thread;

import static io.hakmem.memory.RawMemory.getInt;

import io.hakmem.config.CheckOptions;
import io.hakmem.event.Sources;
import io.hakmem.slab.BlockRecords;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Finds the blocks that are live and groups them by the stack of their allocation. Thread-safe. */
public final class Leaks {

  /**
   * Live blocks with one allocation stack.
   *
   * @param bytes that were asked for
   * @param stack innermost frame first; empty for the blocks whose stack was not kept
   * @param youngest whether this stack allocated last, of those that were kept
   */
  public record Group(long bytes, long blocks, List<StackTraceElement> stack, boolean youngest) {}

  private static final class Sum {
    long bytes;
    long blocks;
  }

  private static final int MAX_EXIT_SECONDS = 10;
  private static final CountDownLatch EXIT_REPORTED = new CountDownLatch(1);

  private static volatile CheckOptions.Leaks when = CheckOptions.Leaks.OFF;
  private static Runnable exitReport = Leaks::reportNothing;
  private static boolean hooked;

  private Leaks() {}

  private static void reportNothing() {}

  /** Names what lists the leaks when the JVM ends. */
  public static synchronized void atExit(Runnable report) {
    exitReport = report;
  }

  /** When live blocks are to be listed without being asked for. */
  public static CheckOptions.Leaks when() {
    return when;
  }

  static synchronized void when(CheckOptions.Leaks moment) {
    when = moment;
    if (moment == CheckOptions.Leaks.EXIT && !hooked) {
      hooked = true;
      Sources.beforeChunkEnds(Leaks::awaitExitReport);
      Runtime.getRuntime().addShutdownHook(new Thread(Leaks::exiting, "hakmem-leaks"));
    }
  }

  private static void exiting() {
    Runnable report;
    synchronized (Leaks.class) {
      report = exitReport;
    }
    try {
      if (when == CheckOptions.Leaks.EXIT) {
        report.run();
      }
    } finally {
      EXIT_REPORTED.countDown();
    }
  }

  /** JFR ends its recordings in a shutdown hook too, and hooks run in no order. */
  private static void awaitExitReport() {
    if (!isExiting()) {
      return;
    }
    try {
      boolean done = EXIT_REPORTED.await(MAX_EXIT_SECONDS, TimeUnit.SECONDS);
      if (!done) {
        System.err.println("hakmem: recordings ended before the leaks were listed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isExiting() {
    Thread hook = new Thread(Leaks::reportNothing);
    try {
      Runtime.getRuntime().addShutdownHook(hook);
      return !Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return true;
    }
  }

  /** How stacks were chosen. */
  public static String sampling() {
    return Stacks.sampling();
  }

  /** Live blocks of one allocator, those with most bytes first; exempted ones are left out. */
  public static List<Group> live(int owner) {
    Map<Integer, Sum> sums = new HashMap<>();
    int epoch = BlockRecords.epoch();
    BlockRecords.forEach(
        (area, base, record) -> {
          if (BlockRecords.owner(area) == owner
              && BlockRecords.state(getInt(record), epoch) == BlockRecords.LIVE
              && !BlockRecords.isExempt(record)) {
            int stack = Stacks.keep(record + BlockRecords.ALLOCATED_AT);
            add(sums, stack, BlockRecords.userRequested(record));
          }
        });
    for (CheckedLarge.Block block : CheckedLarge.live()) {
      if (block.owner == owner && !block.exempt) {
        add(sums, block.allocatedAt, block.userRequested());
      }
    }
    return groups(sums);
  }

  private static void add(Map<Integer, Sum> sums, int stack, long bytes) {
    Sum sum = sums.computeIfAbsent(stack, s -> new Sum());
    sum.bytes += bytes;
    sum.blocks++;
  }

  private static List<Group> groups(Map<Integer, Sum> sums) {
    long last = sums.keySet().stream().mapToLong(Stacks::lastSeen).max().orElse(0);
    List<Group> groups = new ArrayList<>();
    sums.forEach(
        (stack, sum) ->
            groups.add(
                new Group(
                    sum.bytes,
                    sum.blocks,
                    Stacks.frames(stack),
                    last > 0 && Stacks.lastSeen(stack) == last)));
    groups.sort(Comparator.comparingLong(Group::bytes).reversed());
    return List.copyOf(groups);
  }
}
