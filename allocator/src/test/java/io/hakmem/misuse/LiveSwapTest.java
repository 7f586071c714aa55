package io.hakmem.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hakmem.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The path of a running JVM is swapped: no false alarm, and what is wrong is still found. */
class LiveSwapTest {

  @TempDir Path folder;

  @Test
  void listsOfOtherPathsAreAdoptedAndTheirDamageIsFound() throws Exception {
    ChildJvm.Result result =
        ChildJvm.run(
            LiveSwaps.class,
            List.of(
                "-javaagent:" + SwapAgent.writeJar(folder),
                "-Dhakmem.checked.stacks=10",
                "-Dhakmem.checked.sweep=20",
                "-Dhakmem.checked.leaks=off",
                "-Dhakmem.checked.quarantine=4k"));
    assertEquals(
        List.of(
            "through: quietly",
            "through: under load",
            "through: freed before",
            "through: link out of range",
            "through: link into another class",
            "through: link misaligned",
            "through: cycle",
            "through: cycle in the central list"),
        result.lines(),
        result.output());
    assertEquals(0, result.exitCode(), result.output());
  }
}
