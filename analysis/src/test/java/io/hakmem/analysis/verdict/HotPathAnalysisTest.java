package io.hakmem.analysis.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.analysis.events.Recorded;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.tables.EventTables;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HotPathAnalysisTest {

  private static final long ENOUGH_MILLIS = 3_000;

  @TempDir Path folder;

  @Test
  void busyApplicationIsTheHotPath() throws Exception {
    Path file =
        Recorded.record(
            folder.resolve("busy.jfr"),
            () -> {
              Recorded.emitAll();
              Recorded.burn(ENOUGH_MILLIS);
            });
    HotPath hotPath = HotPathAnalysis.of(file);
    long samples =
        RecordingFile.readAllEvents(file).stream()
            .filter(e -> e.getEventType().getName().equals("jdk.ExecutionSample"))
            .count();
    assertEquals("busy.jfr", hotPath.recording());
    assertEquals("jdk.ExecutionSample", hotPath.evidence().sampleEvent());
    assertEquals(samples, hotPath.samples());
    assertEquals(samples, hotPath.layers().stream().mapToLong(LayerShare::samples).sum());
    assertTrue(hotPath.decided(), hotPath::reason);
    assertEquals("", hotPath.reason());
    assertEquals("application", hotPath.layers().getFirst().layer());
    assertEquals(
        "io.hakmem.analysis.events.Recorded.burn", hotPath.evidence().methods().getFirst().name());
    assertEquals(
        "io.hakmem.analysis.events", hotPath.evidence().applicationPackages().getFirst().name());
    assertTrue(HotPathText.render(hotPath, 100).startsWith("Hot path: application, "));
    exactEvidence(hotPath);
  }

  private static void exactEvidence(HotPath hotPath) {
    assertEquals("direct", hotPath.freePath());
    assertTrue(hotPath.proven());
    Evidence evidence = hotPath.evidence();
    assertEquals(
        List.of(new ClassCounters(3, 64, 2_000_003, 1_999_993, 11, 5)), evidence.counters());
    assertEquals(List.of(new ClassRejections(3, 2, 13 + 29)), evidence.rejections());
    assertEquals(2, evidence.fallbacks().size());
    FallbackCause refills =
        evidence.fallbacks().stream()
            .filter(cause -> cause.operation().equals("allocate"))
            .findFirst()
            .orElseThrow();
    assertEquals(2, refills.count());
    assertEquals(17 + 19, refills.blocksMoved());
    assertTrue(refills.maxNanos() > 0 && refills.maxNanos() <= refills.totalNanos());
    assertEquals(1, evidence.pathChanges().size(), "a repeat of the same state is no change");
  }

  /** Only Linux has this sampler; elsewhere the event stays away and this shows the fallback. */
  @Test
  void samplesOfAnotherPlaceThanTheirOwnAreLeftOut() throws Exception {
    Path file =
        Recorded.recordCpuTime(
            folder.resolve("cpu-time.jfr"),
            () -> {
              Recorded.emitAll();
              allocateAndFree(ENOUGH_MILLIS);
            });
    List<RecordedEvent> events = RecordingFile.readAllEvents(file);
    List<RecordedEvent> cpuTime =
        events.stream()
            .filter(e -> e.getEventType().getName().equals("jdk.CPUTimeSample"))
            .toList();
    HotPath hotPath = HotPathAnalysis.of(file);
    if (cpuTime.isEmpty()) {
      assertEquals("jdk.ExecutionSample", hotPath.evidence().sampleEvent());
    } else {
      long counted =
          cpuTime.stream().filter(e -> e.getBoolean("failed") || !e.getBoolean("biased")).count();
      assertEquals("jdk.CPUTimeSample", hotPath.evidence().sampleEvent());
      assertEquals(counted, hotPath.samples());
      boolean many = (cpuTime.size() - counted) * 20 > counted;
      assertEquals(many, hotPath.warnings().contains(Advice.biased(cpuTime.size() - counted)));
    }
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

  @Test
  void withoutTheFlagEventItIsUndecided() throws Exception {
    Path file =
        Recorded.recordBare(
            folder.resolve("bare.jfr"),
            () -> {
              Recorded.emitAll();
            });
    HotPath hotPath = HotPathAnalysis.of(file);
    assertFalse(hotPath.decided());
    assertEquals(Advice.NO_SAMPLES, hotPath.reason());
    assertEquals(List.of(), hotPath.layers());
    exactEvidence(hotPath);
  }

  @Test
  void theFlagComesBeforeTheNumberOfSamples() throws Exception {
    Path file =
        Recorded.record(
            folder.resolve("short.jfr"),
            () -> {
              Recorded.emitAll();
              Recorded.burn(500);
            });
    assertTrue(undecidedAfter(file, "SELECT 1").startsWith("not enough samples: "));
    assertEquals(
        Advice.FLAG_OFF,
        undecidedAfter(
            file,
            "UPDATE jfr.\"jdk.BooleanFlag\" SET value = FALSE WHERE name = 'DebugNonSafepoints'"));
    assertEquals(Advice.FLAG_UNKNOWN, undecidedAfter(file, "DELETE FROM jfr.\"jdk.BooleanFlag\""));
  }

  private static String undecidedAfter(Path file, String change) throws RecordingException {
    try (EventTables tables = EventTables.load(List.of(file))) {
      tables
          .database()
          .execute(
              "DELETE FROM jfr.\"jdk.ExecutionSample\" WHERE rowid NOT IN"
                  + " (SELECT rowid FROM jfr.\"jdk.ExecutionSample\" LIMIT 20)");
      tables.database().execute(change);
      HotPath hotPath = HotPathAnalysis.of(file, tables);
      assertFalse(hotPath.decided());
      assertTrue(HotPathText.render(hotPath, 100).startsWith("Undecided: "));
      return hotPath.reason();
    }
  }

  @Test
  void changeOfPathIsToldAndTheLastOneCounts() throws Exception {
    Path file =
        Recorded.recordBare(
            folder.resolve("changed.jfr"),
            () -> {
              Recorded.install("direct", "", "default");
              Thread.sleep(2);
              Recorded.install("checked-scan", "direct", "attach");
            });
    HotPath hotPath = HotPathAnalysis.of(file);
    assertEquals("checked-scan", hotPath.freePath());
    assertEquals(
        List.of("direct", "checked-scan"),
        hotPath.evidence().pathChanges().stream().map(PathChange::freePath).toList());
    assertTrue(hotPath.warnings().getFirst().contains("changed during the recording"));
  }

  @Test
  void withoutAllocatorEventsTheProfileIsNamed() throws Exception {
    Path file =
        Recorded.recordWithoutAllocator(folder.resolve("other.jfr"), () -> Recorded.burn(10));
    RecordingException failure =
        assertThrows(RecordingException.class, () -> HotPathAnalysis.of(file));
    String message = String.valueOf(failure.getMessage());
    assertTrue(message.startsWith(file + ": holds no io.hakmem events"), message);
    assertTrue(message.contains("hakmem-hotpath.jfc"), message);
    assertTrue(message.contains("-XX:StartFlightRecording:"), message);
  }
}
