package io.hakmem.event;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
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

  /** Says that {@link #sampling} samples nothing. */
  public static final int NO_SAMPLING = 0;

  /** Says that {@link #sampling} wants every operation for the trace. */
  public static final int TRACING = -1;

  /** Two readings of clocks that are no further apart are one moment. */
  private static final long CLOSE_NANOS = 2_000;

  private static final int MAX_TRIES = 5;

  private static volatile Runnable statistics = Events::writeNothing;
  private static volatile Runnable freePath = Events::writeNothing;
  private static volatile Runnable configuration = Events::writeNothing;
  private static volatile Runnable trace = Events::writeNothing;
  private static volatile Runnable beforeChunkEnds = Events::writeNothing;
  private static volatile boolean hooked;
  private static final AtomicBoolean HOOKING = new AtomicBoolean();

  private Events() {}

  /** Names the code that writes the periodic events; it must not take a lock of the allocator. */
  public static void periodicSources(
      Runnable statisticsSource, Runnable freePathSource, Runnable configurationSource) {
    statistics = statisticsSource;
    freePath = freePathSource;
    configuration = configurationSource;
  }

  /**
   * Names the code that writes what is traced and not yet written, at both ends of every chunk; as
   * with {@link #periodicSources}, JFR's lock is held meanwhile.
   */
  public static void traceSource(Runnable traceSource) {
    trace = traceSource;
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
   * others. For the same reason nobody else touches an event class before all are registered:
   * registering holds JFR's lock and initialises the class, initialising it first does the reverse.
   *
   * @return whether events may be used, which another thread may still be preparing
   */
  private static boolean hook() {
    if (!HOOKING.compareAndSet(false, true)) {
      return hooked;
    }
    for (Class<? extends Event> type : types()) {
      FlightRecorder.register(type);
    }
    FlightRecorder.addPeriodicEvent(FastPathStatistics.class, () -> statistics.run());
    FlightRecorder.addPeriodicEvent(FreePathInstalled.class, Events::chunk);
    FlightRecorder.addPeriodicEvent(AllocatorConfiguration.class, () -> configuration.run());
    FlightRecorder.addPeriodicEvent(OperationTrace.class, () -> trace.run());
    FlightRecorder.addPeriodicEvent(LeakSuspect.class, () -> beforeChunkEnds.run());
    hooked = true;
    freePath.run();
    configuration.run();
    if (tracing()) {
      trace.run();
    }
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
        AllocatorConfiguration.class,
        OperationTrace.class,
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

  /**
   * What the slow half should do about single operations: {@link #NO_SAMPLING}, {@link #TRACING},
   * or the mean number of hits between two samples. It is asked at every visit of the slow half, so
   * one field of the JDK answers where nobody ever recorded.
   */
  public static int sampling() {
    return FlightRecorder.isInitialized() ? samplingNow() : NO_SAMPLING;
  }

  private static int samplingNow() {
    return recording() && new OperationTrace().isEnabled() ? TRACING : fastPathInterval();
  }

  /** Whether every operation is to be traced. */
  public static boolean tracing() {
    return FlightRecorder.isInitialized() && samplingNow() == TRACING;
  }

  /** Mean hits between two samples, or {@link #NO_SAMPLING}, traced or not. */
  public static int fastPathInterval() {
    if (!recording() || !new FastPathHit().isEnabled()) {
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
    if (!recording()) {
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

  /** The same for a free that costs far less than its event: one of so many has one, at random. */
  public static @Nullable SlowPathFallback beginAligned() {
    if (!FlightRecorder.isInitialized()) {
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
