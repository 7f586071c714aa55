package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FreePathsTest {

  @AfterEach
  void installWhatReallyRuns() {
    assertTrue(FreePaths.install(FreePaths.DIRECT, "default").proven());
  }

  @Test
  void theProbeSeesTheDirectPath() {
    assertEquals("direct", FreePathProbe.observe());
    assertEquals("direct", Hakmem.freePath().path());
  }

  @Test
  void anAnnouncementThatTheProbeConfirmsIsProven() {
    FreePaths.Installed installed = FreePaths.install("direct", "attach");
    assertEquals(new FreePaths.Installed("direct", "direct", "attach", true), installed);
    assertEquals(installed, FreePaths.live());
  }

  @Test
  void whatIsLiveCanBeReadFromOutside() {
    FreePaths.install("checked-scan", "attach");
    assertEquals("direct", System.getProperty("hakmem.live.path"));
    assertEquals("direct", System.getProperty("hakmem.live.previous"));
    assertEquals("attach", System.getProperty("hakmem.live.by"));
    assertEquals("false", System.getProperty("hakmem.live.proven"));
    FreePaths.install("direct", "agent");
    assertEquals("agent", System.getProperty("hakmem.live.by"));
    assertEquals("true", System.getProperty("hakmem.live.proven"));
  }

  @Test
  void anAnnouncementThatTheProbeContradictsIsNotProven() {
    FreePaths.Installed installed = FreePaths.install("checked-scan", "agent");
    assertEquals("direct", installed.path());
    assertEquals("agent", installed.by());
    assertFalse(installed.proven());
    assertEquals(installed, Hakmem.freePath());
  }
}
