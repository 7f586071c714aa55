package io.hakmem.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of the trial: no speeds, fewer rounds. */
class SwapUnderLoadIT {

  private static final int ROUNDS = 10;

  @TempDir Path folder;

  @Test
  void noBlockIsLostAndNoneIsRefused() throws Exception {
    try (RunningApplication application = SwapTrial.start(folder)) {
      assertEquals("ok", application.ask("resume"));
      SwapTrial.swap(application, ROUNDS);
      SwapTrial.end(application);
    }
  }
}
