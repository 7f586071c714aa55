package io.hakmem.event;

import org.jspecify.annotations.Nullable;

/**
 * The emitters with nothing in them: put in front of the allocator's jar, they make the build that
 * the cost of the event code is measured against (see {@code event-cost.sh}).
 */
public final class Events {

  public static final int NO_SAMPLING = 0;

  public static final int TRACING = -1;

  private Events() {}

  public static int sampling() {
    return NO_SAMPLING;
  }

  public static boolean tracing() {
    return false;
  }

  public static int fastPathInterval() {
    return NO_SAMPLING;
  }

  public static int stampInterval() {
    return 1;
  }

  public static void operationTrace(TracedOperations traced) {}

  public static void allocatorConfiguration(
      String version,
      String path,
      String options,
      int sizeClasses,
      long largestClassSize,
      long pageSize) {}

  public static void fastPathHit(
      String operation,
      int sizeClass,
      long blockSize,
      long requestedSize,
      String path,
      long weight) {}

  public static void fastPathStatistics(
      int sizeClass,
      long blockSize,
      long allocateHits,
      long freeHits,
      long refills,
      long rejections,
      long cachedBlocks,
      long capacity) {}

  public static @Nullable SlowPathFallback beginSlowPath() {
    return null;
  }

  public static @Nullable SlowPathFallback beginAligned() {
    return null;
  }

  public static void endSlowPath(
      @Nullable SlowPathFallback event,
      String operation,
      String reason,
      String source,
      int sizeClass,
      long requestedSize,
      long blocksMoved) {}

  public static void capacityRejection(
      int sizeClass, long cachedBlocks, long capacity, long blocksSpilled) {}

  public static void freePathInstalled(
      String path, String previous, String by, boolean proven) {}

  public static void segmentReserve(long address, long bytes, String purpose) {}

  public static void segmentRelease(long address, long bytes, String purpose) {}
}
