package io.hakmem.analysis.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The command end to end, with real processes that only pretend to work. */
class BenchCommandTest {

  private static final Map<String, String> SPEEDS =
      Map.of(
          "hakmem", "100000000",
          "hakmem-handle", "110000000",
          "hakmem-sized", "180000000",
          "floor", "125000000",
          "malloc", "50000000",
          "tcmalloc", "80000000",
          "tcmalloc-sized", "90000000");

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> speeds, String... arguments) {
    CommandLine line = new CommandLine(new BenchCommand(folder, new FakeProgram.Fakes(speeds)));
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  @Test
  void tellsRatiosToTheBestOfEachKindAndToTheFloor() {
    assertEquals(0, run(SPEEDS, "--rounds", "1"), err::toString);
    String text = out.toString();
    assertTrue(text.contains("random-mixed, working set 256, 1 thread, 1,000 operations"), text);
    assertTrue(
        text.contains(
            "hakmem-handle: 1.38 × tcmalloc (native), 2.20 × malloc (Java), 0.88 × floor"),
        text);
    assertTrue(
        text.lines()
            .anyMatch(line -> line.matches("  hakmem +100\\.0 .* 1\\.25 +0\\.80 +2\\.0 +2\\.0")),
        text);
    assertTrue(text.contains("skipped: jemalloc: not installed"), text);
    assertTrue(text.contains("skipped: netty: not built; mvn -Ppeers"), text);
    assertFalse(text.contains("byte-buffer"), "only by name: " + text);
    assertTrue(
        text.lines().filter(line -> line.startsWith("  ")).allMatch(l -> l.length() <= 100), text);
    assertEquals("", err.toString(), "quiet where there is no terminal");
  }

  @Test
  void freesThatNameTheSizeAreComparedWithEachOther() {
    assertEquals(0, run(SPEEDS, "--rounds", "1"), err::toString);
    assertFalse(out.toString().contains("-sized"), () -> "only by name: " + out);
    assertEquals(0, run(SPEEDS, "--rounds", "1", "--peers", "hakmem,tcmalloc,sized"));
    String text = out.toString();
    assertTrue(text.contains("hakmem: 1.25 × tcmalloc (native), 0.80 × floor"), text);
    assertTrue(text.contains("hakmem-sized: 2.00 × tcmalloc-sized (native), 1.44 × floor"), text);
  }

  @Test
  void everyRoundIsInTheJsonAndTheChartIsWellFormed() throws Exception {
    Path chart = folder.resolve("new/chart.svg");
    int code =
        run(
            SPEEDS,
            "random-mixed",
            "larson",
            "--rounds",
            "2",
            "--peers",
            "tcmalloc",
            "--threads",
            "1,2",
            "--operations",
            "77",
            "--format",
            "json",
            "--chart",
            chart.toString());
    assertEquals(0, code, err::toString);
    String json = out.toString();
    assertEquals(4 * 3 * 2, count(json, "\"round\": "), "cases, peers with floor and ours, rounds");
    assertEquals(4, count(json, "\"operations\": 77"));
    assertEquals(4, count(json, "\"ofBest\": 1.25"));
    String svg = Files.readString(chart);
    DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
    assertTrue(svg.contains("larson by threads, million operations/s"), svg);
    assertTrue(svg.contains("resident growth, MB"), svg);
  }

  @Test
  void markdownHasATable() {
    assertEquals(0, run(SPEEDS, "--rounds", "1", "--peers", "malloc", "--format", "md"));
    assertTrue(
        out.toString().contains("| malloc | 50.0 | 50.0 | 50.0 | 1.00 | 0.40 |"), out::toString);
  }

  @Test
  void aFailedProcessIsNamedAndTheOthersGoOn() {
    Map<String, String> speeds = Map.of("malloc", "crash", "tcmalloc", "garbage");
    assertEquals(1, run(speeds, "--rounds", "2"));
    String text = out.toString();
    assertTrue(text.contains("FAILED: malloc ended with exit code 134 in random-mixed"), text);
    assertTrue(text.contains("SIGSEGV, as it were"), text);
    assertTrue(text.contains("FAILED: tcmalloc printed no throughput"), text);
    assertTrue(text.lines().anyMatch(line -> line.startsWith("  hakmem ")), text);
  }

  @Test
  void whoCannotDoAWorkloadIsLeftOut() {
    assertEquals(0, run(Map.of("malloc", "unfit"), "larson", "--rounds", "1"));
    String text = out.toString();
    assertTrue(text.contains("skipped: malloc cannot do larson: left out there"), text);
  }

  @Test
  void aProcessThatHangsIsKilled() {
    assertEquals(
        1, run(Map.of("malloc", "hang"), "--rounds", "1", "--peers", "malloc", "--timeout", "5"));
    assertTrue(out.toString().contains("malloc did not end within 5 s"), out::toString);
  }

  @Test
  void listRunsNothing() throws IOException {
    assertEquals(0, run(Map.of("hakmem", "crash"), "--list"));
    String text = out.toString();
    assertTrue(text.contains("larson") && text.contains("absent: netty"), text);
  }

  @ParameterizedTest
  @CsvSource({
    "--peers nobody, unknown peer 'nobody'",
    "walk, unknown workload 'walk'",
    "--rounds 0, --rounds must be 1 to 1000",
    "--operations 0, --operations must be 1 or more",
    "--working-set 0, --working-set must be",
    "--threads 0, --threads must be",
    "--timeout 0, --timeout must be"
  })
  void wrongArgumentsAreNamed(String line, String expected) {
    assertEquals(2, run(SPEEDS, line.split(" ", -1)));
    assertTrue(err.toString().contains(expected), err::toString);
  }

  private static int count(String text, String part) {
    return (text.length() - text.replace(part, "").length()) / part.length();
  }
}
