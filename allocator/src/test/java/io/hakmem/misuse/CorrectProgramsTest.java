package io.hakmem.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hakmem.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Programs without a mistake raise no alarm, whatever the path and its options. */
class CorrectProgramsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "direct, all, 4k",
    "guarded, all, 4k",
    "checked-scan, all, 4k",
    "checked, all, 4k",
    "checked, edges, 0",
    "checked, off, 64k"
  })
  void raiseNoAlarm(String path, String poison, String quarantine) throws Exception {
    ChildJvm.Result result =
        SwappedJvm.run(
            folder,
            path,
            CorrectPrograms.class,
            List.of(
                "-Dhakmem.checked.stacks=10",
                "-Dhakmem.checked.sweep=20",
                "-Dhakmem.checked.poison=" + poison,
                "-Dhakmem.checked.quarantine=" + quarantine));
    assertEquals(0, result.exitCode(), result.output());
    assertEquals("all right: " + path, result.lines().getLast(), result.output());
    assertEquals(-1, result.output().indexOf("invalid free"), result.output());
  }
}
