package io.hakmem.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.hakmem.Hakmem;
import io.hakmem.thread.FreePaths;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;

class FreePathInstalledTest {

  private static final String EVENT = "FreePathInstalled";

  /** The allocator started long before; the chunk says all the same what runs. */
  @Test
  void isInARecordingThatBeginsLate() throws Exception {
    Hakmem.free(Hakmem.allocate(1));
    FreePaths.Installed live = Hakmem.freePath();
    List<RecordedEvent> installed =
        Recordings.named(
            Recordings.ofFreshThread(
                List.of(Recordings.enabled(EVENT)), () -> Hakmem.free(Hakmem.allocate(1))),
            EVENT);
    assertFalse(installed.isEmpty());
    for (RecordedEvent event : installed) {
      assertEquals(live.path(), event.getString("freePath"));
      assertEquals(live.previous(), event.getString("previous"));
      assertEquals(live.by(), event.getString("by"));
      assertEquals(live.proven(), event.getBoolean("proven"));
    }
  }

  @Test
  void isWrittenWhenAPathBecomesLive() throws Exception {
    List<RecordedEvent> installed =
        Recordings.named(
            Recordings.of(
                List.of(Recordings.enabled(EVENT)),
                () -> {
                  FreePaths.install("checked-scan", "attach");
                  FreePaths.install("direct", "default");
                }),
            EVENT);
    RecordedEvent wrong =
        installed.stream()
            .filter(event -> event.getString("by").equals("attach"))
            .findFirst()
            .orElseThrow();
    assertFalse(wrong.getBoolean("proven"));
    assertEquals("direct", wrong.getString("freePath"));
    assertEquals("direct", wrong.getString("previous"));
  }
}
