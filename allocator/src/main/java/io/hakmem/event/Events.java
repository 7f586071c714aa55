package io.hakmem.event;

import java.util.List;
import jdk.jfr.Event;
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

  /** Says that {@link #fastPathInterval} samples nothing. */
  public static final int NO_SAMPLING = 0;

  private static volatile Runnable statistics = Events::writeNothing;
  private static volatile Runnable freePath = Events::writeNothing;
  private static volatile Runnable beforeChunkEnds = Events::writeNothing;
  private static volatile boolean hooked;

  private Events() {}

  /** Names the code that writes the periodic events; it must not take a lock of the allocator. */
  public static void periodicSources(Runnable statisticsSource, Runnable freePathSource) {
    statistics = statisticsSource;
    freePath = freePathSource;
  }

  /**
   * Names what is called before a chunk of a recording ends, if leaks are recorded, by JFR's thread
   * under JFR's lock; it must not take a lock of the allocator.
   */
  public static void beforeChunkEnds(Runnable source) {
    beforeChunkEnds = source;
  }

  private static void writeNothing() {}

  private static boolean recording() {
    return FlightRecorder.isInitialized() && (hooked || hook());
  }

  /**
   * Connects the periodic events as soon as JFR is seen running. It happens on an application
   * thread: initialising event classes inside JFR's own listeners, under its lock, has dead-locked
   * others.
   */
  private static boolean hook() {
    synchronized (Events.class) {
      if (hooked) {
        return true;
      }
      hooked = true;
    }
    for (Class<? extends Event> type : types()) {
      FlightRecorder.register(type);
    }
    FlightRecorder.addPeriodicEvent(FastPathStatistics.class, () -> statistics.run());
    FlightRecorder.addPeriodicEvent(FreePathInstalled.class, Events::chunk);
    FlightRecorder.addPeriodicEvent(LeakSuspect.class, () -> beforeChunkEnds.run());
    freePath.run();
    return true;
  }

  /**
   * All of them are in every recording's metadata: "did not happen" differs from "not known". A
   * method, since a constant would load the classes in programs that never record.
   */
  private static List<Class<? extends Event>> types() {
    return List.of(
        FastPathHit.class,
        FastPathStatistics.class,
        SlowPathFallback.class,
        CapacityRejection.class,
        FreePathInstalled.class,
        SegmentReserve.class,
        SegmentRelease.class,
        InvalidFree.class,
        LeakSuspect.class);
  }

  /**
   * Writes what every chunk has to begin and end with. An event has only one period, so the
   * counters, which are due each second, would miss whatever came after the last full one.
   */
  private static void chunk() {
    freePath.run();
    statistics.run();
  }

  /** Mean hits between two samples, or {@link #NO_SAMPLING}. */
  public static int fastPathInterval() {
    if (!recording() || !new FastPathHit().isEnabled()) {
      return NO_SAMPLING;
    }
    return SamplingInterval.hits();
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
    if (!recording()) {
      return null;
    }
    SlowPathFallback event = new SlowPathFallback();
    if (!event.isEnabled()) {
      return null;
    }
    event.begin();
    return event;
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
    if (!recording()) {
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
    if (!recording()) {
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
    if (!recording()) {
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
    if (!recording()) {
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
    if (!recording()) {
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
    if (!recording()) {
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
    if (!recording()) {
      return;
    }
    for (Recording recording : FlightRecorder.getFlightRecorder().getRecordings()) {
      if (recording.getDestination() != null && recording.getState() == RecordingState.RUNNING) {
        recording.stop();
      }
    }
  }
}
