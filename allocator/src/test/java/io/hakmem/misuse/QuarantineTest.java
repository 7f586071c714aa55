package io.hakmem.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The quarantine holds a block back for as many bytes as it was given, and no longer. */
class QuarantineTest {

  private static final int STRIDE = 1_088;

  @TempDir Path folder;

  @Test
  void reuseWaitsForTheBytesAskedFor() throws Exception {
    ChildJvm.Result result =
        SwappedJvm.run(folder, "checked", Delayed.class, List.of("-Dhakmem.checked.leaks=off"));
    assertEquals("0: 0", result.lines().getFirst(), result.output());
    assertHeld(8 * 1024 / STRIDE, result.lines().get(1).replace("8k: ", ""));
    assertHeld(32 * 1024 / STRIDE, result.lines().get(2).replace("32k: ", ""));
    assertEquals(1, result.exitCode());
    assertTrue(result.output().contains(": writeAfterFree: "), result.output());
  }

  /** Freed as the first, a block comes up when so many others were freed after it. */
  private static void assertHeld(int blocks, String frees) {
    int seen = Integer.parseInt(frees);
    assertTrue(seen >= blocks - 1 && seen <= blocks + 1, () -> frees + " for " + blocks);
  }
}
