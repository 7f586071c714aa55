package io.hakmem.event;

import java.util.concurrent.ThreadLocalRandom;
import jdk.jfr.FlightRecorder;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.jspecify.annotations.Nullable;

/**
 * One emitter for each event: enabled, create, fill, commit.
 *
 * <p>Only slow halves call these. Until JFR itself is running no event class is touched, since the
 * first one would start JFR's metadata machinery in programs that never record.
 */
public final class Events {

  /** Says that {@link #sampling} samples nothing. */
  public static final int NO_SAMPLING = 0;

  /** Says that {@link #sampling} wants every operation for the trace. */
  public static final int TRACING = -1;

  /** Two readings of clocks that are no further apart are one moment. */
  private static final long CLOSE_NANOS = 2_000;

  private static final int MAX_TRIES = 5;

  private Events() {}

  /**
   * What the slow half should do about single operations: {@link #NO_SAMPLING}, {@link #TRACING},
   * or the mean number of hits between two samples. It is asked at every visit of the slow half, so
   * one field answers where nobody ever recorded.
   */
  public static int sampling() {
    return Sources.connected() ? samplingNow() : NO_SAMPLING;
  }

  private static int samplingNow() {
    return new OperationTrace().isEnabled() ? TRACING : fastPathInterval();
  }

  /** Whether every operation is to be traced. */
  public static boolean tracing() {
    return Sources.connected() && samplingNow() == TRACING;
  }

  /** Mean hits between two samples, or {@link #NO_SAMPLING}, traced or not. */
  public static int fastPathInterval() {
    if (!Sources.connected() || !new FastPathHit().isEnabled()) {
      return NO_SAMPLING;
    }
    return SamplingInterval.hits();
  }

  /** Operations from one reading of the clock to the next while tracing. */
  public static int stampInterval() {
    return StampInterval.operations();
  }

  /** Writes the event of consecutive operations of one stream. */
  public static void operationTrace(TracedOperations traced) {
    OperationTrace event = new OperationTrace();
    if (event.isEnabled()) {
      event.age = begin(event) - traced.began();
      event.version = traced.version();
      event.stream = traced.stream();
      event.threadId = traced.threadId();
      event.threadName = traced.threadName();
      event.firstOperation = traced.firstOperation();
      event.operations = traced.operations();
      event.repeatedOperations = traced.repeatedOperations();
      event.lostOperations = traced.lostOperations();
      event.recordedFrom = traced.recordedFrom();
      event.checksum = traced.checksum();
      event.data = traced.data();
      event.commit();
    }
  }

  /**
   * Begins an event. Who loses the processor meanwhile tries again: how far the two clocks are
   * apart shifts the time of all operations in the event.
   *
   * @return {@link System#nanoTime} of then
   */
  private static long begin(OperationTrace event) {
    long before = System.nanoTime();
    event.begin();
    for (int tries = 0; tries < MAX_TRIES && System.nanoTime() - before > CLOSE_NANOS; tries++) {
      before = System.nanoTime();
      event.begin();
    }
    return before;
  }

  public static void allocatorConfiguration(
      String version,
      String path,
      String options,
      int sizeClasses,
      long largestClassSize,
      long pageSize) {
    if (!Sources.connected()) {
      return;
    }
    AllocatorConfiguration event = new AllocatorConfiguration();
    if (event.isEnabled()) {
      event.version = version;
      event.freePath = path;
      event.options = options;
      event.sizeClasses = sizeClasses;
      event.largestClassSize = largestClassSize;
      event.pageSize = pageSize;
      event.commit();
    }
  }

  public static void fastPathHit(
      String operation,
      int sizeClass,
      long blockSize,
      long requestedSize,
      String path,
      long weight) {
    FastPathHit event = new FastPathHit();
    if (event.shouldCommit()) {
      event.operation = operation;
      event.sizeClass = sizeClass;
      event.blockSize = blockSize;
      event.requestedSize = requestedSize;
      event.freePath = path;
      event.weight = weight;
      event.commit();
    }
  }

  public static void fastPathStatistics(
      int sizeClass,
      long blockSize,
      long allocateHits,
      long freeHits,
      long refills,
      long rejections,
      long cachedBlocks,
      long capacity) {
    if (!Sources.connected()) {
      return;
    }
    FastPathStatistics event = new FastPathStatistics();
    event.sizeClass = sizeClass;
    event.blockSize = blockSize;
    event.allocateHits = allocateHits;
    event.freeHits = freeHits;
    event.refills = refills;
    event.rejections = rejections;
    event.cachedBlocks = cachedBlocks;
    event.capacity = capacity;
    event.commit();
  }

  /** Starts the clock of a fallback; null when nobody records it. */
  public static @Nullable SlowPathFallback beginSlowPath() {
    if (!Sources.connected()) {
      return null;
    }
    SlowPathFallback event = new SlowPathFallback();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
  }

  /** The same for a free that costs far less than its event: one of so many has one, at random. */
  public static @Nullable SlowPathFallback beginAligned() {
    if (!Sources.connected()) {
      return null;
    }
    int interval = AlignedInterval.frees();
    return interval == 1 || ThreadLocalRandom.current().nextInt(interval) == 0
        ? beginSlowPath()
        : null;
  }

  /** Ends what {@link #beginSlowPath} began. */
  public static void endSlowPath(
      @Nullable SlowPathFallback event,
      String operation,
      String reason,
      String source,
      int sizeClass,
      long requestedSize,
      long blocksMoved) {
    if (event == null) {
      return;
    }
    // With @Throttle, shouldCommit() freezes the duration: unless the event ended before, it is 0.
    event.end();
    if (event.shouldCommit()) {
      event.operation = operation;
      event.reason = reason;
      event.source = source;
      event.sizeClass = sizeClass;
      event.requestedSize = requestedSize;
      event.blocksMoved = blocksMoved;
      event.commit();
    }
  }

  public static void capacityRejection(
      int sizeClass, long cachedBlocks, long capacity, long blocksSpilled) {
    if (!Sources.connected()) {
      return;
    }
    CapacityRejection event = new CapacityRejection();
    if (event.shouldCommit()) {
      event.sizeClass = sizeClass;
      event.cachedBlocks = cachedBlocks;
      event.capacity = capacity;
      event.blocksSpilled = blocksSpilled;
      event.commit();
    }
  }

  public static void freePathInstalled(String path, String previous, String by, boolean proven) {
    if (!Sources.connected()) {
      return;
    }
    FreePathInstalled event = new FreePathInstalled();
    if (event.shouldCommit()) {
      event.freePath = path;
      event.previous = previous;
      event.by = by;
      event.proven = proven;
      event.commit();
    }
  }

  public static void segmentReserve(long address, long bytes, String purpose) {
    if (!Sources.connected()) {
      return;
    }
    SegmentReserve event = new SegmentReserve();
    if (event.shouldCommit()) {
      event.address = address;
      event.bytes = bytes;
      event.purpose = purpose;
      event.commit();
    }
  }

  public static void segmentRelease(long address, long bytes, String purpose) {
    if (!Sources.connected()) {
      return;
    }
    SegmentRelease event = new SegmentRelease();
    if (event.shouldCommit()) {
      event.address = address;
      event.bytes = bytes;
      event.purpose = purpose;
      event.commit();
    }
  }

  /** Writes down misuse; the stack is the caller's. */
  public static void invalidFree(
      String kind,
      long address,
      int header,
      int sizeClass,
      long requestedSize,
      String path,
      String allocatedAt,
      String freedAt) {
    if (!Sources.connected()) {
      return;
    }
    InvalidFree event = new InvalidFree();
    if (event.shouldCommit()) {
      event.kind = kind;
      event.address = address;
      event.header = header;
      event.sizeClass = sizeClass;
      event.requestedSize = requestedSize;
      event.freePath = path;
      event.allocatedAt = allocatedAt;
      event.freedAt = freedAt;
      event.commit();
    }
  }

  public static void leakSuspect(long bytes, long blocks, String allocatedAt, boolean youngest) {
    if (!Sources.connected()) {
      return;
    }
    LeakSuspect event = new LeakSuspect();
    if (event.shouldCommit()) {
      event.bytes = bytes;
      event.blocks = blocks;
      event.allocatedAt = allocatedAt;
      event.youngest = youngest;
      event.commit();
    }
  }

  /** Ends the recordings that have a file, so that it is whole when the JVM is halted. */
  public static void beforeHalt() {
    if (!Sources.connected()) {
      return;
    }
    for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
      if (recording.getDestination() != null && recording.getState() == RecordingState.RUNNING) {
        recording.stop();
      }
    }
  }
}
