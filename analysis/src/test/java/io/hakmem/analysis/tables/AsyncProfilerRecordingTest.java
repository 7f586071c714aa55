package io.hakmem.analysis.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import one.profiler.AsyncProfiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings of async-profiler: format 2.0, one chunk, all constants at its end. */
class AsyncProfilerRecordingTest {

  @TempDir Path folder;

  @Test
  void everyEventAgreesWithTheJdksReader() throws Exception {
    Path file = folder.resolve("async.jfr");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                place(AsyncProfiler.class) + File.pathSeparator + place(AsyncProfiled.class),
                AsyncProfiled.class.getName(),
                file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out.txt").toFile())
            .start();
    int code = child.waitFor();
    assumeTrue(code != AsyncProfiled.UNSUPPORTED, "async-profiler has no library for this system");
    assertEquals(0, code);
    RecordingOracle.Comparison comparison = RecordingOracle.compare(file);
    assertEquals(List.of(), comparison.differences());
    try (EventTables tables = EventTables.load(List.of(file));
        Statement statement = tables.database().connection().createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT count(*) FROM \"jdk.ExecutionSample\""
                    + " WHERE HAS_MATCHING_FRAME(\"stackTrace\", '.*Recorded\\.burn\\(long\\).*')")) {
      rows.next();
      assertTrue(rows.getLong(1) > 0);
    }
  }

  private static Path place(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
