package io.hakmem.analysis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir static Path folder;

  private static Path whole = Path.of("");

  private record Run(int code, String out, String err) {}

  @BeforeAll
  static void record() throws Exception {
    whole = Recorded.recordBare(folder.resolve("whole.jfr"), () -> Recorded.emitAll());
  }

  private static Run hakmem(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Run(code, out.toString(), err.toString());
  }

  private static void isOneLine(Run run, Path file, String what) {
    assertEquals(3, run.code(), run.err());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("hakmem: " + file + ": "), run.err());
    assertTrue(run.err().contains(what), run.err());
  }

  private static Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  @Test
  void unknownCommandsAndOptionsAreUsage() {
    for (String[] arguments :
        new String[][] {
          {},
          {"frobnicate"},
          {"analyse"},
          {"analyze"},
          {"analyze", "--frobnicate", "x.jfr"},
          {"sql"}
        }) {
      Run run = hakmem(arguments);
      assertEquals(2, run.code(), run.err());
      assertTrue(run.err().contains("Usage: hakmem"), run.err());
      assertFalse(run.err().contains("\tat "), run.err());
      assertEquals("", run.out());
    }
  }

  @Test
  void helpAndVersionGoToStandardOutput() {
    assertTrue(hakmem("--help").out().contains("analyze"));
    assertTrue(hakmem("--version").out().startsWith("hakmem "));
    assertEquals(0, hakmem("analyze", "--help").code());
  }

  @Test
  void missingFile() {
    Path file = folder.resolve("missing.jfr");
    isOneLine(hakmem("analyze", file.toString()), file, "no such file; expected a JFR recording");
  }

  @Test
  void folderInsteadOfFile() {
    isOneLine(hakmem("analyze", folder.toString()), folder, "is a folder; expected a JFR");
  }

  @Test
  void emptyFile() throws IOException {
    Path file = file("empty.jfr", new byte[0]);
    isOneLine(hakmem("analyze", file.toString()), file, "is empty; expected a JFR recording");
  }

  @Test
  void noRecording() throws IOException {
    Path file = file("text.jfr", "Hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    isOneLine(hakmem("analyze", file.toString()), file, "is no JFR recording");
    isOneLine(hakmem("sql", file.toString(), "SELECT 1"), file, "is no JFR recording");
  }

  @Test
  void cutOffEverywhere() throws IOException {
    byte[] content = Files.readAllBytes(whole);
    for (int length : new int[] {4, 67, 68, 1000, content.length / 2, content.length - 1}) {
      Path file = file("cut.jfr", Arrays.copyOf(content, length));
      Run run = hakmem("analyze", file.toString());
      // What the JVM had flushed before the cut is there; a note or the one line names the rest.
      assertEquals(3, run.code());
      assertTrue((run.out() + run.err()).contains("is cut off"), run.out() + run.err());
    }
  }

  @Test
  void garbageInside() throws IOException {
    byte[] content = Files.readAllBytes(whole);
    Arrays.fill(content, content.length / 4, content.length - 100, (byte) 0xA5);
    Path file = file("garbage.jfr", content);
    isOneLine(hakmem("analyze", file.toString()), file, "is damaged");
  }

  @Test
  void cutOffInALaterChunkShowsWhatIsThere() throws IOException {
    Path file = file("two.jfr", Files.readAllBytes(whole));
    byte[] second = Files.readAllBytes(whole);
    Files.write(file, Arrays.copyOf(second, second.length / 2), StandardOpenOption.APPEND);
    Run run = hakmem("analyze", file.toString());
    assertEquals(3, run.code());
    assertTrue(run.out().contains("is cut off: chunk 2 has "), run.out());
    assertTrue(run.out().contains("Fast path by size class"), run.out());
    Run sql =
        hakmem("sql", file.toString(), "SELECT count(*) AS hits FROM \"io.hakmem.FastPathHit\"");
    assertEquals(3, sql.code());
    assertEquals("hits\n" + Recorded.HITS + "\n", sql.out());
    assertTrue(sql.err().contains("is cut off: chunk 2 has "), sql.err());
  }

  @Test
  void withoutAllocatorEventsTheProfileIsNamed() throws Exception {
    Path file =
        Recorded.recordWithoutAllocator(folder.resolve("other.jfr"), () -> Recorded.burn(1));
    isOneLine(hakmem("analyze", file.toString()), file, "hakmem-hotpath.jfc");
  }

  @Test
  void oneBadFileDoesNotHideTheOthers() {
    Run run = hakmem("analyze", folder.resolve("missing.jfr").toString(), whole.toString());
    assertEquals(3, run.code());
    assertTrue(run.err().contains("missing.jfr: no such file"), run.err());
    assertTrue(run.out().contains("whole.jfr: "), run.out());
  }

  @Test
  void analyzePrintsTextOrJson() {
    Run text = hakmem("analyze", whole.toString());
    assertEquals(0, text.code(), text.err());
    assertTrue(text.out().startsWith("Undecided: no CPU samples"), text.out());
    assertTrue(text.out().lines().allMatch(line -> line.length() <= 100), text.out());
    Run json = hakmem("analyze", "--format", "json", whole.toString());
    assertEquals(0, json.code(), json.err());
    assertTrue(
        json.out()
            .startsWith("{\n  \"schema\": \"hakmem-analyze/1\",\n  \"recording\": \"whole.jfr\""),
        json.out());
  }

  @Test
  void compareTakesSetsAsFoldersPatternsAndLists() throws IOException {
    Path runs = Files.createDirectories(folder.resolve("runs"));
    for (String name : new String[] {"a1.jfr", "a2.jfr", "b1.jfr"}) {
      Files.copy(whole, runs.resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }
    Run run = hakmem("compare", "--format", "json", runs.resolve("a*.jfr") + "", runs + "");
    assertEquals(0, run.code(), run.err());
    String json = run.out().replaceAll("\\s+", " ");
    assertTrue(
        json.contains("\"label\": \"a*.jfr\", \"recordings\": [ \"a1.jfr\", \"a2.jfr\" ]"), json);
    assertTrue(json.contains("[ \"a1.jfr\", \"a2.jfr\", \"b1.jfr\" ]"), json);
    Run list = hakmem("compare", runs.resolve("a1.jfr") + "," + runs.resolve("a2.jfr"), whole + "");
    assertEquals(0, list.code(), list.err());
    assertTrue(list.out().contains("A  a1.jfr,…: 2 recordings"), list.out());
    isOneLine(
        hakmem("compare", runs.resolve("c*.jfr") + "", whole + ""),
        runs.resolve("c*.jfr"),
        "no recordings");
  }

  @Test
  void everyReportTakesTheSameFormats() {
    for (String command : new String[] {"analyze", "doctor", "compare", "evaluate"}) {
      String help = hakmem(command, "--help").out().replaceAll("\\s+", " ");
      assertTrue(help.contains("--format=FORMAT One of text, json, md; default text."), help);
      assertEquals(2, hakmem(command, "--format", "xml", "x", "y").code());
    }
  }

  @Test
  void sqlPrintsATable() {
    Run run =
        hakmem(
            "sql",
            whole.toString(),
            "SELECT operation, count(*) AS n FROM \"io.hakmem.SlowPathFallback\""
                + " GROUP BY operation ORDER BY operation");
    assertEquals(0, run.code(), run.err());
    assertEquals("operation  n\nallocate   2\nfree       1\n", run.out());
  }

  @Test
  void wrongSqlShowsThePlaceAndIsUsage() {
    Run run = hakmem("sql", whole.toString(), "SELECT * FROM \"io.hakmem.NoSuchEvent\"");
    assertEquals(2, run.code());
    assertEquals(3, run.err().lines().count(), run.err());
    assertTrue(run.err().contains("\"io.hakmem.NoSuchEvent\" does not exist"), run.err());
  }
}
