package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.central.CentralStore;
import io.hakmem.slab.Footprint;
import io.hakmem.slab.Segments;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedCachesTest {

  private static final int CLASS = 7;

  @TempDir Path folder;

  private final CentralStore store =
      new CentralStore(new Segments(new Footprint(Long.MAX_VALUE)), -1);
  private final SharedCaches caches = new SharedCaches(new CacheSlow(store, 1 << 22), 1);

  /** One thread rests inside the only cache until another stands in front of it. */
  @Test
  void waitingForABusyCacheIsAFallback() throws Exception {
    Path file = folder.resolve("busy.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.hakmem.SlowPathFallback");
      recording.start();
      CountDownLatch inside = new CountDownLatch(1);
      Thread waiting = Thread.ofVirtual().unstarted(this::allocateAndFree);
      Thread holding =
          Thread.ofPlatform()
              .start(
                  () ->
                      caches.trace(
                          Thread.currentThread(),
                          cache -> {
                            inside.countDown();
                            awaitRest(waiting);
                          }));
      inside.await();
      waiting.start();
      holding.join();
      waiting.join();
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> busy =
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("io.hakmem.SlowPathFallback"))
            .filter(event -> event.getString("reason").equals("stripeBusy"))
            .toList();
    assertEquals(1, busy.size());
    RecordedEvent event = busy.getFirst();
    assertEquals("allocate", event.getString("operation"));
    assertEquals("shared", event.getString("source"));
    assertEquals(CLASS, event.getInt("sizeClass"));
    assertEquals(120, event.getLong("requestedSize"));
    assertEquals(0, event.getLong("blocksMoved"));
    assertTrue(event.getDuration().isPositive(), event::toString);
    assertFalse(event.getStackTrace().getFrames().isEmpty());
  }

  private void allocateAndFree() {
    long user = caches.allocate(Thread.currentThread(), CLASS, 120);
    caches.free(Thread.currentThread(), CLASS, user - 1);
  }

  private static void awaitRest(Thread waiting) {
    while (waiting.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
  }
}
