package io.hakmem.analysis.events;

import io.hakmem.analysis.events.AllocatorEvents.CapacityRejection;
import io.hakmem.analysis.events.AllocatorEvents.FastPathHit;
import io.hakmem.analysis.events.AllocatorEvents.FastPathStatistics;
import io.hakmem.analysis.events.AllocatorEvents.FreePathInstalled;
import io.hakmem.analysis.events.AllocatorEvents.SlowPathFallback;
import java.nio.file.Path;
import java.time.Duration;
import jdk.jfr.Recording;

/** Makes real recordings of known contents. */
public final class Recorded {

  public static final int HITS = 1009;
  public static final int WEIGHT = 101;

  private Recorded() {}

  /** What runs while a recording runs. */
  public interface Body {
    void run() throws Exception;
  }

  /** Records the body with the allocator's events, CPU samples and JVM flags on. */
  public static Path record(Path file, Body body) throws Exception {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(1));
      recording.enable("jdk.BooleanFlag");
      recording.enable("jdk.GCHeapSummary");
      recording.enable("jdk.GarbageCollection");
      recording.enable("jdk.ClassLoad");
      return dump(recording, file, body);
    }
  }

  /** As {@link #record}, and the CPU-time sampler where the system has one. */
  public static Path recordCpuTime(Path file, Body body) throws Exception {
    try (Recording recording = new Recording()) {
      recording.enable("jdk.CPUTimeSample").with("throttle", "2ms");
      recording.enable("jdk.ExecutionSample").withPeriod(Duration.ofMillis(10));
      recording.enable("jdk.BooleanFlag");
      return dump(recording, file, body);
    }
  }

  /** Records the body with nothing enabled but what the event classes ask for themselves. */
  public static Path recordBare(Path file, Body body) throws Exception {
    try (Recording recording = new Recording()) {
      return dump(recording, file, body);
    }
  }

  /** Records the body without what a real allocator in this JVM says about itself. */
  public static Path recordWithoutAllocator(Path file, Body body) throws Exception {
    try (Recording recording = new Recording()) {
      recording.disable("io.hakmem.FreePathInstalled");
      return dump(recording, file, body);
    }
  }

  private static Path dump(Recording recording, Path file, Body body) throws Exception {
    recording.start();
    body.run();
    recording.stop();
    recording.dump(file);
    return file;
  }

  /** One recording of every kind of event, with prime numbers that tell the sources apart. */
  public static void emitAll() {
    install("direct", "", "default");
    install("direct", "", "default");
    for (int i = 0; i < HITS; i++) {
      hit(i);
    }
    statistics(3, 64, 1_000_003, 999_983, 7, 3);
    statistics(3, 64, 2_000_003, 1_999_993, 11, 5);
    statistics(5, 96, 0, 0, 0, 0);
    fallback("allocate", "cacheEmpty", "central", 3, 17);
    fallback("allocate", "cacheEmpty", "central", 3, 19);
    fallback("free", "cacheFull", "central", 3, 23);
    rejection(3, 13);
    rejection(3, 29);
  }

  public static void install(String path, String previous, String by) {
    FreePathInstalled event = new FreePathInstalled();
    event.freePath = path;
    event.previous = previous;
    event.by = by;
    event.proven = true;
    event.commit();
  }

  private static void hit(int i) {
    FastPathHit event = new FastPathHit();
    event.operation = i % 2 == 0 ? "allocate" : "free";
    event.sizeClass = i % 16;
    event.blockSize = 64;
    event.requestedSize = i;
    event.freePath = "direct";
    event.weight = WEIGHT;
    event.commit();
  }

  private static void statistics(
      int sizeClass, long block, long allocates, long frees, long refills, long rejections) {
    FastPathStatistics event = new FastPathStatistics();
    event.sizeClass = sizeClass;
    event.blockSize = block;
    event.allocateHits = allocates;
    event.freeHits = frees;
    event.refills = refills;
    event.rejections = rejections;
    event.commit();
  }

  private static void fallback(
      String operation, String reason, String source, int sizeClass, long blocks) {
    SlowPathFallback event = new SlowPathFallback();
    event.begin();
    event.operation = operation;
    event.reason = reason;
    event.source = source;
    event.sizeClass = sizeClass;
    event.blocksMoved = blocks;
    event.commit();
  }

  private static void rejection(int sizeClass, long spilled) {
    CapacityRejection event = new CapacityRejection();
    event.sizeClass = sizeClass;
    event.cachedBlocks = 31;
    event.capacity = 31;
    event.blocksSpilled = spilled;
    event.commit();
  }

  /** Keeps this thread busy in this method until so many milliseconds have passed. */
  public static double burn(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    double sum = 0;
    while (System.nanoTime() < end) {
      for (int i = 1; i < 10_000; i++) {
        sum += 1.0 / ((double) i * i + sum);
      }
    }
    return sum;
  }
}
