package io.hakmem;

import io.hakmem.config.SizeClasses;
import io.hakmem.thread.ClassCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The numbers of an allocator at one moment; exact if no thread allocates or frees meanwhile. All
 * sizes are bytes.
 *
 * <pre>
 *   inUse        = sum over the classes of inUse * stride + largeBytes
 *   cached       = threadCached + sharedCached + centralCached
 *   inUse + cached &lt;= committed &lt;= reserved &lt;= limit,  committed &lt;= peak
 * </pre>
 *
 * <p>What is committed beyond the sum was not handed to anybody yet, or is free and waits to be
 * given back.
 *
 * @param limit most that may be reserved, {@link Long#MAX_VALUE} for no limit
 * @param reserved address space from the operating system for blocks
 * @param committed the part of it that may be in memory
 * @param peak the most that was ever committed
 * @param inUse in blocks that users hold, headers and rounding included
 * @param threadCached free blocks in the caches that threads own
 * @param sharedCached free blocks in the caches of the threads that own none
 * @param centralCached free blocks in the central lists
 * @param largeBytes the part of {@code inUse} in blocks above the size classes
 * @param largeBlocks how many of those there are
 * @param routedFrees frees of blocks that are no plain block of a size class, told by their header
 * @param registryLookUps addresses that had to be looked up: only where the slow half sorts blocks
 * @param classes one for each size class
 * @param threads one for each cache that a thread owns
 */
public record AllocatorStatistics(
    long limit,
    long reserved,
    long committed,
    long peak,
    long inUse,
    long threadCached,
    long sharedCached,
    long centralCached,
    long largeBytes,
    long largeBlocks,
    long routedFrees,
    long registryLookUps,
    List<OfClass> classes,
    List<OfThread> threads) {

  /**
   * The numbers of one size class, counted in blocks since the allocator's start.
   *
   * @param sizeClass 0 to 31
   * @param stride bytes of a block
   * @param allocations blocks handed out
   * @param frees blocks taken back
   * @param inUse blocks that users hold
   * @param cached free blocks in all thread caches
   * @param central free blocks in the central list
   * @param refills allocations that found the cache empty
   * @param rejections frees that found the cache full
   */
  public record OfClass(
      int sizeClass,
      int stride,
      long allocations,
      long frees,
      long inUse,
      long cached,
      long central,
      long refills,
      long rejections) {}

  /**
   * The cache of one thread.
   *
   * @param id of the thread
   * @param name of the thread, empty if it is gone
   * @param cached bytes of free blocks
   * @param operations allocations and frees so far
   */
  public record OfThread(long id, String name, long cached, long operations) {}

  static AllocatorStatistics of(Heap heap) {
    List<OfClass> classes = new ArrayList<>();
    long inUse = heap.large().liveBytes();
    long cached = 0;
    long shared = 0;
    long central = 0;
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      OfClass numbers = ofClass(heap, sizeClass);
      classes.add(numbers);
      inUse += numbers.inUse * numbers.stride;
      cached += numbers.cached * numbers.stride;
      shared += heap.caches().sharedCounters(sizeClass).cached() * numbers.stride;
      central += numbers.central * numbers.stride;
    }
    return new AllocatorStatistics(
        heap.footprint().limit(),
        heap.footprint().reservedBytes(),
        heap.footprint().committedBytes(),
        heap.footprint().peakBytes(),
        inUse,
        cached - shared,
        shared,
        central,
        heap.large().liveBytes(),
        heap.large().liveBlocks(),
        heap.freesRoutedByHeader().sum(),
        heap.segments().lookUps(),
        List.copyOf(classes),
        heap.caches().threads().stream()
            .map(
                use ->
                    new OfThread(use.threadId(), use.name(), use.cachedBytes(), use.operations()))
            .toList());
  }

  private static OfClass ofClass(Heap heap, int sizeClass) {
    ClassCounters counters = heap.caches().counters(sizeClass);
    return new OfClass(
        sizeClass,
        SizeClasses.stride(sizeClass),
        counters.pops(),
        counters.pushes(),
        counters.inUse(),
        counters.cached(),
        heap.central().blocks(sizeClass),
        counters.refills(),
        counters.rejections());
  }

  /** Free blocks at hand: in the caches of threads, the shared ones and the central lists. */
  public long cached() {
    return threadCached + sharedCached + centralCached;
  }

  /** A table of at most 100 columns; size classes that were never used are left out. */
  @Override
  public String toString() {
    List<String> lines = new ArrayList<>();
    addMemory(lines);
    addClasses(lines);
    addThreads(lines);
    return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
  }

  private void addMemory(List<String> lines) {
    String row = "%-14s %18s   %s";
    lines.add(row.formatted("memory", "bytes", ""));
    lines.add(row.formatted("limit", limit == Long.MAX_VALUE ? "none" : number(limit), ""));
    lines.add(row.formatted("reserved", number(reserved), ""));
    lines.add(row.formatted("committed", number(committed), "peak " + number(peak)));
    lines.add(row.formatted("in use", number(inUse), ""));
    lines.add(row.formatted("  large", number(largeBytes), number(largeBlocks) + " blocks"));
    lines.add(row.formatted("cached", number(cached()), ""));
    lines.add(row.formatted("  by threads", number(threadCached), ""));
    lines.add(row.formatted("  shared", number(sharedCached), ""));
    lines.add(row.formatted("  centrally", number(centralCached), ""));
    String slow = "registry look-ups " + number(registryLookUps);
    lines.add(row.formatted("routed frees", number(routedFrees), slow));
  }

  private void addClasses(List<String> lines) {
    String row = "%-5s %6s %14s %14s %11s %11s %10s %10s %10s";
    lines.add("");
    lines.add(
        row.formatted(
            "class",
            "stride",
            "allocations",
            "frees",
            "in use",
            "cached",
            "central",
            "refills",
            "rejections"));
    for (OfClass c : classes) {
      if (c.allocations > 0 || c.central > 0) {
        lines.add(
            row.formatted(
                "C" + c.sizeClass,
                c.stride,
                c.allocations,
                c.frees,
                c.inUse,
                c.cached,
                c.central,
                c.refills,
                c.rejections));
      }
    }
  }

  private void addThreads(List<String> lines) {
    String row = "%10s  %-48.48s %15s %20s";
    lines.add("");
    lines.add(row.formatted("thread", "name", "cached bytes", "operations"));
    for (OfThread thread : threads) {
      lines.add(row.formatted(thread.id, thread.name, thread.cached, thread.operations));
    }
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
