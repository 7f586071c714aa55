package io.hakmem.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.config.SizeClasses;
import io.hakmem.memory.OsMemory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AllocatorConfigurationTest {

  @TempDir Path folder;

  /** A dump ends a chunk and begins another. */
  @Test
  void isAtTheStartOfEveryChunk() throws Exception {
    Hakmem.free(Hakmem.allocate(1));
    Path whole = folder.resolve("whole.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.hakmem.AllocatorConfiguration");
      recording.enable("io.hakmem.SlowPathFallback");
      recording.start();
      Hakmem.free(Hakmem.allocate(200_000));
      recording.dump(folder.resolve("first.jfr"));
      Hakmem.free(Hakmem.allocate(200_000));
      recording.stop();
      recording.dump(whole);
    }
    List<RecordedEvent> configurations =
        Recordings.named(RecordingFile.readAllEvents(whole), "AllocatorConfiguration");
    assertTrue(configurations.size() >= 2, configurations::toString);
    for (RecordedEvent event : configurations) {
      assertEquals("development", event.getString("version"));
      assertEquals(Hakmem.freePath().path(), event.getString("freePath"));
      assertEquals(String.join(" ", Hakmem.options().values()), event.getString("options"));
      assertTrue(event.getString("options").contains("hakmem.thread.cache="), event::toString);
      assertEquals(SizeClasses.COUNT, event.getInt("sizeClasses"));
      assertEquals(SizeClasses.MAX_CLASS_BYTES, event.getLong("largestClassSize"));
      assertEquals(OsMemory.platform().pageBytes(), event.getLong("pageSize"));
    }
    assertTrue(Files.size(folder.resolve("first.jfr")) > 0);
  }
}
