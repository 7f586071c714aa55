package io.hakmem.analysis.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.tables.EventTables;
import java.nio.file.Path;
import java.util.List;
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
            "UPDATE rows.\"jdk.BooleanFlag\" SET value = FALSE WHERE name = 'DebugNonSafepoints'"));
    assertEquals(Advice.FLAG_UNKNOWN, undecidedAfter(file, "DELETE FROM rows.\"jdk.BooleanFlag\""));
  }

  private static String undecidedAfter(Path file, String change) throws RecordingException {
    try (EventTables tables = EventTables.load(List.of(file))) {
      tables
          .database()
          .execute(
              "DELETE FROM rows.\"jdk.ExecutionSample\" WHERE rowid NOT IN"
                  + " (SELECT rowid FROM rows.\"jdk.ExecutionSample\" LIMIT 20)");
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
