package io.hakmem.analysis.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import io.hakmem.analysis.planted.Planted;
import io.hakmem.analysis.tables.EventTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each planted fault is found under its name; a good recording has none. */
@EnabledOnOs(OS.LINUX) // The CPU-time sampler.
@Tag("measures")
class DoctorIT {

  /**
   * What a machine that is busy with other things does to any recording, taken back in the tables:
   * whatever this test runs on, every check has to call the recording good.
   */
  private static final List<String> QUIET =
      List.of(
          "UPDATE rows.\"jdk.CPULoad\" SET \"machineTotal\" = \"jvmUser\" + \"jvmSystem\"",
          "DELETE FROM rows.\"jdk.ContainerCPUThrottling\"",
          "UPDATE rows.\"jdk.Compilation\" SET duration = 1",
          "UPDATE rows.\"jdk.ThreadCPULoad\" SET \"user\" = 0, \"system\" = 0",
          "UPDATE hakmem.stack_frames SET \"type\" = 'JIT compiled' WHERE \"type\" = 'Interpreted'",
          "DELETE FROM rows.\"jdk.CPUTimeSamplesLost\" WHERE rowid > 0",
          "UPDATE rows.\"jdk.CPUTimeSamplesLost\" SET \"lostSamples\" = 0",
          "UPDATE rows.\"jdk.CPUTimeSample\" SET biased = FALSE");

  @TempDir static Path folder;

  private static Path good = Path.of("");

  /** Of the good recording; whoever changes them is in a transaction that is rolled back. */
  @AutoClose private static EventTables tables;

  @BeforeAll
  static void record() throws Exception {
    good = folder.resolve("good.jfr");
    new Planted(good).run("pairs", 3);
    tables = EventTables.load(List.of(good));
  }

  @BeforeEach
  void begin() throws Exception {
    tables.database().execute("BEGIN TRANSACTION");
  }

  @AfterEach
  void rollBack() throws Exception {
    tables.database().execute("ROLLBACK");
  }

  /** Only whether the container's limits were read depends on where this runs. */
  @Test
  void aGoodRecordingOnAQuietMachineIsFineInEveryCheck() throws Exception {
    for (String change : QUIET) {
      tables.database().execute(change);
    }
    List<Finding> findings = Doctor.examine(good, tables, machine("performance", 50, 0)).findings();
    assertTrue(findings.size() >= 27, findings::toString);
    assertEquals(
        List.of(), findings.stream().filter(found -> found.health() != Health.OK).toList());
  }

  private static ThisMachine machine(String governor, int degrees, double steal) {
    return new ThisMachine(Runtime.getRuntime().availableProcessors(), governor, degrees, steal);
  }

  @ParameterizedTest
  @CsvSource({
    "governor, powersave, 50, 0",
    "thermal, performance, 95, 0",
    "steal, performance, 50, 0.2"
  })
  void aMachineThatSlowsDownIsAWarning(String id, String governor, int degrees, double steal)
      throws Exception {
    Finding found = found(Doctor.examine(good, tables, machine(governor, degrees, steal)), id);
    assertEquals(Health.WARNING, found.health(), found::toString);
    assertFalse(found.remedy().isEmpty());
  }

  @Test
  void aMachineThatTellsNothingIsNotKnown() throws Exception {
    Diagnosis diagnosis = Doctor.examine(good, tables, machine("", -1, -1));
    for (String id : List.of("governor", "thermal", "steal")) {
      assertEquals(Health.NOT_KNOWN, found(diagnosis, id).health());
    }
  }

  @Test
  void aFileThatIsCutOffIsAFault() throws Exception {
    byte[] bytes = Files.readAllBytes(good);
    Path cut = Files.write(folder.resolve("cut.jfr"), Arrays.copyOf(bytes, bytes.length - 100));
    Finding found = found(Doctor.examine(cut), "file-whole");
    assertEquals(Health.FAULT, found.health(), found::toString);
  }

  /** Changes one thing in the tables of the good recording. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          debug-non-safepoints | UPDATE rows."jdk.BooleanFlag" SET value = FALSE WHERE name = 'DebugNonSafepoints'
          path-proven          | UPDATE rows."io.hakmem.FreePathInstalled" SET proven = FALSE
          path-known           | UPDATE rows."io.hakmem.FreePathInstalled" SET "freePath" = 'unknown'
          path-unchanged       | UPDATE rows."io.hakmem.FreePathInstalled" SET "freePath" = 'guarded' WHERE "startTime" = (SELECT max("startTime") FROM rows."io.hakmem.FreePathInstalled")
          samples              | DELETE FROM rows."jdk.CPUTimeSample" WHERE rowid % 20 > 0
          length               | DELETE FROM rows."jdk.CPUTimeSample" WHERE "startTime" > (SELECT min("startTime") + INTERVAL 1 SECOND FROM rows."jdk.CPUTimeSample")
          sampling-interval    | UPDATE rows."jdk.CPUTimeSample" SET "samplingPeriod" = 100000000
          samples-biased       | UPDATE rows."jdk.CPUTimeSample" SET biased = TRUE WHERE rowid % 4 > 0
          samples-lost         | INSERT INTO rows."jdk.CPUTimeSamplesLost" BY NAME SELECT max("startTime") AS "startTime", 100000 AS "lostSamples" FROM rows."jdk.CPUTimeSample"
          steady               | UPDATE rows."jdk.CPUTimeSample" SET "stackTrace" = NULL, failed = TRUE WHERE rowid > (SELECT max(rowid) / 2 FROM rows."jdk.CPUTimeSample")
          data-loss            | INSERT INTO rows."jdk.DataLoss" BY NAME SELECT max("startTime") AS "startTime", 4096 AS amount, 4096 AS total FROM rows."jdk.CPUTimeSample"
          start-recorded       | DELETE FROM rows."io.hakmem.SlowPathFallback" WHERE rowid % 50 > 0; DELETE FROM rows."io.hakmem.FastPathStatistics" WHERE "startTime" < (SELECT max("startTime") - INTERVAL 100 MILLISECOND FROM rows."io.hakmem.FastPathStatistics")
          other-load           | INSERT INTO rows."jdk.CPULoad" BY NAME SELECT "startTime", 0.1 AS "jvmUser", 0.0 AS "jvmSystem", 0.95 AS "machineTotal" FROM rows."jdk.CPUTimeSample"
          throttling           | INSERT INTO rows."jdk.ContainerCPUThrottling" BY NAME SELECT "startTime", rowid AS "cpuElapsedSlices", rowid // 2 AS "cpuThrottledSlices", rowid * 1000 AS "cpuThrottledTime" FROM rows."jdk.CPUTimeSample"
          gc-pressure          | INSERT INTO rows."jdk.GarbageCollection" BY NAME SELECT "startTime", 100000000 AS "sumOfPauses", 100000000 AS "longestPause" FROM rows."jdk.CPUTimeSample"
          warm-up              | UPDATE rows."jdk.ThreadCPULoad" SET "user" = 1
          interpreter          | UPDATE hakmem.stack_frames SET "type" = 'Interpreted'
          """)
  void aPlantedFaultIsFound(String id, String change) throws Exception {
    assertEquals(Health.FAULT, afterwards(id, change).health());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          sampled-hits    | DELETE FROM rows."io.hakmem.FastPathHit"
          events-complete | UPDATE rows."io.hakmem.FastPathStatistics" SET refills = refills + epoch_ms("startTime") - (SELECT min(epoch_ms("startTime")) FROM rows."io.hakmem.FastPathStatistics")
          """)
  void aPlantedFlawIsAWarning(String id, String change) throws Exception {
    assertEquals(Health.WARNING, afterwards(id, change).health());
  }

  private static Finding afterwards(String id, String change) throws Exception {
    tables.database().execute(change);
    Diagnosis diagnosis = Doctor.examine(good, tables);
    Finding found = found(diagnosis, id);
    assertFalse(found.remedy().isEmpty(), found::toString);
    assertFalse(found.evidence().isEmpty(), found::toString);
    return found;
  }

  private static Finding found(Diagnosis diagnosis, String id) {
    return diagnosis.findings().stream()
        .filter(found -> found.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aPushThatIsNotInlinedIsFound() throws Exception {
    Path file = folder.resolve("dontinline.jfr");
    new Planted(file)
        .flags(
            "-XX:CompileCommand=quiet",
            "-XX:CompileCommand=dontinline,io.hakmem.thread.FreePath::push")
        .run("pairs", 2.5);
    Finding inlined = found(Doctor.examine(file), "push-inlined");
    assertEquals(Health.FAULT, inlined.health(), inlined::toString);
    assertTrue(inlined.evidence().contains("FreePath.push"), inlined::toString);
  }

  @Test
  void missingFlagAndInterpreterAreFoundInARealRecording() throws Exception {
    Path file = folder.resolve("xint.jfr");
    new Planted(file).withoutDebugNonSafepoints().flags("-Xint").run("pairs", 3);
    Diagnosis diagnosis = Doctor.examine(file);
    assertEquals(Health.FAULT, found(diagnosis, "interpreter").health());
    assertEquals(Health.FAULT, found(diagnosis, "debug-non-safepoints").health());
    assertFalse(diagnosis.healthy());
  }

  @Test
  void withoutTheAllocatorsEventsItSaysSo() throws Exception {
    Path file = Recorded.recordWithoutAllocator(folder.resolve("none.jfr"), () -> {});
    Diagnosis diagnosis = Doctor.examine(file);
    assertEquals(Health.FAULT, found(diagnosis, "allocator-events").health());
    assertEquals(Health.NOT_KNOWN, found(diagnosis, "path-proven").health());
  }
}
