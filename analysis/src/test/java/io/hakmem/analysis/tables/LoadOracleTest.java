package io.hakmem.analysis.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every event of every type, field by field, against the JDK's own reader. */
class LoadOracleTest {

  @TempDir Path folder;

  @Test
  void defaultProfile() throws Exception {
    check(Configuration.getConfiguration("default"));
  }

  @Test
  void profileProfile() throws Exception {
    check(Configuration.getConfiguration("profile"));
  }

  @Test
  void hotpathProfile() throws Exception {
    String profile = "/io/hakmem/profiles/hakmem-hotpath.jfc";
    try (InputStream in = Objects.requireNonNull(getClass().getResourceAsStream(profile));
        Reader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
      check(Configuration.create(reader));
    }
  }

  /** Two chunks: what the first one says of threads, classes and stacks must not leak over. */
  private void check(Configuration configuration) throws Exception {
    Path file = folder.resolve("recording.jfr");
    try (Recording recording = new Recording(configuration)) {
      recording.start();
      work();
      try (Recording split = new Recording()) {
        split.start();
      }
      work();
      recording.stop();
      recording.dump(file);
    }
    RecordingOracle.Comparison comparison = RecordingOracle.compare(file);
    assertEquals(List.of(), comparison.differences());
    assertTrue(comparison.types() > 100, () -> "types: " + comparison.types());
    assertTrue(comparison.events() > 1000, () -> "events: " + comparison.events());
  }

  private static void work() throws InterruptedException {
    Recorded.emitAll();
    Thread thread = new Thread(() -> Recorded.burn(200), "größer als Latin-1: ≤");
    thread.start();
    thread.join();
    Thread.ofVirtual().name("virtual").start(Recorded::emitAll).join();
    System.gc();
  }
}
