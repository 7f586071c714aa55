package io.hakmem.analysis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.duckdb.DuckDBDriver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the page on SQL. */
class SqlDocsTest {

  private static final Pattern BLOCK = Pattern.compile("```sql\n(.*?)```", Pattern.DOTALL);
  private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

  @TempDir Path folder;

  @Test
  void everyExampleHasAnAnswer() throws Exception {
    Path file = Recorded.recordBare(folder.resolve("some.jfr"), Recorded::emitAll);
    List<String> examples = new ArrayList<>();
    Matcher block = BLOCK.matcher(Files.readString(Path.of("docs", "sql.md")));
    while (block.find()) {
      examples.add(block.group(1));
    }
    assertTrue(examples.size() >= 4, () -> "only " + examples.size());
    for (String example : examples) {
      MainRun run = MainRun.of("sql", "--format", "csv", file.toString(), example);
      assertEquals(0, run.code(), run.err());
      assertEquals("", run.err());
      assertTrue(run.out().lines().count() >= 2, example + run.out());
    }
  }

  /** With the driver alone, in a JVM of its own. */
  @Test
  void theProgramRunsWithThePlainDriver() throws Exception {
    Path file = Recorded.recordBare(folder.resolve("some.jfr"), Recorded::emitAll);
    Path database = folder.resolve("run.duckdb");
    MainRun export = MainRun.of("export", file.toString(), "--to", database.toString());
    assertEquals(0, export.code(), export.err());
    Matcher program = PROGRAM.matcher(Files.readString(Path.of("docs", "sql.md")));
    assertTrue(program.find());
    Path source = Files.writeString(folder.resolve("Hits.java"), program.group(1));
    Path driver =
        Path.of(DuckDBDriver.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path out = folder.resolve("out.txt");
    for (String url : List.of(database.toString(), database + ";access_mode=READ_ONLY")) {
      Process child =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "-cp",
                  driver.toString(),
                  source.toString(),
                  url)
              .redirectErrorStream(true)
              .redirectOutput(out.toFile())
              .start();
      assertEquals(0, child.waitFor(), Files.readString(out));
      assertTrue(
          Files.readString(out)
              .matches(Recorded.HITS + " io\\.hakmem\\..*Recorded\\.hit\\(int\\):\\d+\n"),
          Files.readString(out));
    }
  }
}
