package io.hakmem.analysis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command that asks a recording keeps and finds it in the same way. */
class CacheOptionTest {

  private static final String COUNT = "SELECT count(*) AS n FROM \"io.hakmem.FastPathHit\"";

  @TempDir static Path shared;

  private static Path recording = Path.of("");

  @TempDir Path folder;

  @BeforeAll
  static void record() throws Exception {
    recording =
        Recorded.record(
            shared.resolve("run.jfr"),
            () -> {
              Recorded.emitAll();
              Recorded.burn(300);
            });
  }

  private static MainRun run(String command, String... options) {
    List<String> arguments = new ArrayList<>();
    for (String word : command.split(" ", -1)) {
      arguments.add(word.equals("FILE") ? recording.toString() : word.equals("SQL") ? COUNT : word);
    }
    arguments.addAll(1, List.of(options));
    return MainRun.of(arguments.toArray(new String[0]));
  }

  private List<Path> caches() throws IOException {
    Path place = folder.resolve("caches");
    if (!Files.exists(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.toList();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "analyze FILE",
        "analyze --format json FILE",
        "doctor FILE",
        "compare FILE FILE",
        "sql FILE SQL",
        "query layers FILE",
        "query slow-path-reasons FILE"
      })
  void theSecondAnswerComesFromTheFirstOnesCache(String command) throws Exception {
    String[] cached = {"--cache", folder.resolve("caches").toString()};
    MainRun without = run(command, "--no-cache");
    assertEquals(List.of(), caches());
    assertEquals(without, run(command, "--cache", "none"));
    assertEquals(without, run(command, cached));
    assertEquals(1, caches().size());
    FileTime made = Files.getLastModifiedTime(caches().getFirst());
    assertEquals(without, run(command, cached));
    assertEquals(made, Files.getLastModifiedTime(caches().getFirst()));
    assertFalse(without.out().isEmpty(), without.err());
  }

  /** What could not be read is said each time, under the name that the file has now. */
  @Test
  void damageIsToldFromTheCacheToo() throws Exception {
    byte[] content = Files.readAllBytes(recording);
    byte[] both = Arrays.copyOf(content, content.length + content.length / 2);
    System.arraycopy(content, 0, both, content.length, content.length / 2);
    Path cut = Files.write(folder.resolve("cut.jfr"), both);
    String cache = folder.resolve("caches").toString();
    for (String name : List.of("cut.jfr", "moved.jfr")) {
      Path file = folder.resolve(name);
      if (!file.equals(cut)) {
        Files.move(cut, file);
      }
      MainRun sql = MainRun.of("sql", "--cache", cache, file.toString(), COUNT);
      assertEquals(3, sql.code());
      assertTrue(sql.err().startsWith("hakmem: " + file + " is cut off: chunk 2"), sql.err());
      MainRun analysis = MainRun.of("analyze", "--cache", cache, file.toString());
      assertEquals(3, analysis.code(), analysis.err());
      assertTrue(analysis.out().contains("is cut off: chunk 2"), analysis.out());
    }
    assertEquals(1, caches().size());
  }

  @Test
  void oneOrTheOther() {
    MainRun both = run("analyze FILE", "--cache", folder.toString(), "--no-cache");
    assertEquals(2, both.code());
    assertTrue(both.err().contains("--cache and --no-cache contradict"), both.err());
  }

  @Test
  void aFolderInsteadOfARecordingIsStillOne() {
    MainRun run = MainRun.of("analyze", "--cache", folder.toString(), shared.toString());
    assertEquals(3, run.code());
    assertEquals(
        "hakmem: " + shared + ": is a folder; expected a JFR recording (.jfr)\n", run.err());
  }
}
