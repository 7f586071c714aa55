package io.hakmem.event;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import jdk.jfr.Event;
import jdk.jfr.FlightRecorder;
import jdk.jfr.FlightRecorderListener;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.jspecify.annotations.Nullable;

/**
 * What JFR calls by itself: the code behind the periodic events, and when it is connected.
 *
 * <p>Until JFR itself is running no event class is touched, since the first one would start JFR's
 * metadata machinery in programs that never record. When JFR starts, it calls the listener before
 * anybody can begin a recording, so that the first one has everything from its first operation on.
 */
public final class Sources {

  private static volatile Runnable statistics = Sources::writeNothing;
  private static volatile Runnable freePath = Sources::writeNothing;
  private static volatile Runnable configuration = Sources::writeNothing;
  private static volatile Runnable trace = Sources::writeNothing;
  private static volatile Runnable beforeChunkEnds = Sources::writeNothing;
  private static volatile @Nullable FlightRecorder recorder;

  static {
    // Calls it at once where JFR is running.
    FlightRecorder.addListener(new Listener());
  }

  private Sources() {}

  private static final class Listener implements FlightRecorderListener {
    @Override
    public void recorderInitialized(FlightRecorder started) {
      connect(started);
    }
  }

  /** Names the code that writes the periodic events; it must not take a lock of the allocator. */
  public static void periodic(
      Runnable statisticsSource, Runnable freePathSource, Runnable configurationSource) {
    statistics = statisticsSource;
    freePath = freePathSource;
    configuration = configurationSource;
  }

  /**
   * Names the code that writes what is traced and not yet written, at both ends of every chunk; as
   * with {@link #periodic}, JFR's lock is held meanwhile.
   */
  public static void trace(Runnable traceSource) {
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

  /** Whether events may be used; false until JFR itself is running. */
  static boolean connected() {
    return recorder != null;
  }

  /**
   * Connects the periodic events. JFR holds a lock meanwhile, and registering takes another one and
   * initialises the class. Initialising it first and registering it then does the reverse, and has
   * dead-locked others: so nobody touches an event class before all are registered.
   */
  private static void connect(FlightRecorder started) {
    for (Class<? extends Event> type : types()) {
      FlightRecorder.register(type);
    }
    FlightRecorder.addPeriodicEvent(FastPathStatistics.class, () -> statistics.run());
    FlightRecorder.addPeriodicEvent(FreePathInstalled.class, Sources::chunk);
    FlightRecorder.addPeriodicEvent(AllocatorConfiguration.class, () -> configuration.run());
    FlightRecorder.addPeriodicEvent(OperationTrace.class, () -> trace.run());
    FlightRecorder.addPeriodicEvent(LeakSuspect.class, () -> beforeChunkEnds.run());
    recorder = started;
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
   * Ids of the recordings that run now. It takes JFR's lock, which is held already where JFR calls
   * at the end of a chunk.
   */
  public static Set<Long> runningRecordings() {
    FlightRecorder known = recorder;
    Set<Long> running = new HashSet<>();
    if (known == null) {
      return running;
    }
    for (Recording recording : known.getRecordings()) {
      // While JFR dumps there is one more, which begins nothing: null, or with the id 0.
      if (recording != null && recording.getId() > 0 && isRunning(recording)) {
        running.add(recording.getId());
      }
    }
    return running;
  }

  private static boolean isRunning(Recording recording) {
    return recording.getState() == RecordingState.RUNNING;
  }
}
