package io.hakmem.analysis.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.analysis.events.Recorded;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Recordings of the real allocator, in a JVM apart from the other tests: once it runs it writes
 * events of its own into every recording.
 */
@Tag("measures")
class AllocatorRecordingIT {

  private static final long ENOUGH_MILLIS = 3_000;

  @TempDir Path folder;

  /** Only Linux has this sampler; elsewhere the event stays away and this shows the fallback. */
  @Test
  void samplesOfAnotherPlaceThanTheirOwnArePutBack() throws Exception {
    Path file =
        Recorded.recordCpuTime(
            folder.resolve("cpu-time.jfr"),
            () -> {
              Recorded.emitAll();
              allocateAndFree(ENOUGH_MILLIS);
            });
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    List<RecordedEvent> cpuTime = named(events, "jdk.CPUTimeSample");
    HotPath hotPath = HotPathAnalysis.of(file);
    if (cpuTime.isEmpty()) {
      assertEquals("jdk.ExecutionSample", hotPath.evidence().sampleEvent());
    } else {
      long dropped =
          named(events, "jdk.CPUTimeSamplesLost").stream()
              .mapToLong(e -> e.getLong("lostSamples"))
              .sum();
      long biased =
          cpuTime.stream().filter(e -> !e.getBoolean("failed") && e.getBoolean("biased")).count();
      assertEquals("jdk.CPUTimeSample", hotPath.evidence().sampleEvent());
      // Those before the first sample or after the last are left out.
      assertTrue(hotPath.samples() >= cpuTime.size(), hotPath::toString);
      assertTrue(hotPath.samples() <= cpuTime.size() + dropped, hotPath::toString);
      boolean many = biased * 20 > hotPath.samples();
      assertEquals(many, hotPath.warnings().contains(Advice.biased(biased)));
    }
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(e -> e.getEventType().getName().equals(name)).toList();
  }

  /** The real allocator, in this JVM, so that the names in the rules are the names on stacks. */
  @Test
  void samplesOfTheAllocatorFallOnItsLayers() throws Exception {
    Path file =
        Recorded.record(
            folder.resolve("allocator.jfr"),
            () -> {
              Recorded.install("direct", "", "default");
              allocateAndFree(ENOUGH_MILLIS);
            });
    HotPath hotPath = HotPathAnalysis.of(file);
    Set<String> layers =
        hotPath.layers().stream().map(LayerShare::layer).collect(Collectors.toSet());
    assertTrue(layers.containsAll(Set.of("allocate fast", "free fast")), hotPath::toString);
    TreeSet<String> unknown = new TreeSet<>(layers);
    unknown.removeAll(
        Set.of(
            "application",
            "allocate fast",
            "allocate slow",
            "free fast",
            "free checks",
            "spill",
            "central lock",
            "registry",
            "zeroing",
            "copying",
            "OS",
            "instrumentation",
            "JVM"));
    assertEquals(new TreeSet<>(), unknown);
  }

  private static void allocateAndFree(long millis) {
    long end = System.nanoTime() + millis * 1_000_000;
    long[] live = new long[256];
    int random = 42;
    while (System.nanoTime() < end) {
      for (int i = 0; i < 10_000; i++) {
        random ^= random << 13;
        random ^= random >>> 17;
        random ^= random << 5;
        int slot = random & 255;
        Hakmem.free(live[slot]);
        live[slot] = Hakmem.allocate(16 + (random & 0x3FF));
      }
    }
    for (long address : live) {
      Hakmem.free(address);
    }
  }
}
