package io.hakmem.analysis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The trial of a user's own program with the built jars, in JVMs as the launcher starts them. */
@Tag("measures")
class EvaluateIT {

  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final String CLASSES =
      MODULE.resolve("target/test-classes")
          + ":"
          + MODULE.resolve("../allocator/target/hakmem-allocator.jar").normalize();

  @TempDir Path folder;

  private record Ended(int code, String out, String err) {
    /** Standard output with its line breaks as spaces. */
    String words() {
      return out.replaceAll("\\s+", " ");
    }
  }

  private Process start(List<String> options, String... program) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Checkout.java().toString());
    command.add("-Dhakmem.home=" + MODULE.getParent());
    command.add("-jar");
    command.add(MODULE.resolve("target/hakmem-analysis.jar").toString());
    command.addAll(List.of("evaluate", "--quick", "--out", folder.resolve("out").toString()));
    command.addAll(options);
    command.addAll(List.of("--", "java", "-cp", CLASSES));
    command.addAll(List.of(program));
    return new ProcessBuilder(command)
        .redirectError(folder.resolve("stderr").toFile())
        .redirectOutput(folder.resolve("stdout").toFile())
        .start();
  }

  private Ended run(List<String> options, String... program) throws Exception {
    Process process = start(options, program);
    process.getOutputStream().close();
    assertTrue(process.waitFor(300, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), text("stdout"), text("stderr"));
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file), StandardCharsets.UTF_8);
  }

  private List<Path> recordings() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("out/recordings"))) {
      return files.toList();
    }
  }

  /** Two frees of one block go unseen under direct; the paths that check write events. */
  @Test
  void aDoubleFreeIsTheSecondCaseOfTheRollbackPlan() throws Exception {
    Ended ended =
        run(
            List.of("--throughput-event", "app.Rate:perSecond"),
            "-Dhakmem.onInvalid=report",
            RateProgram.class.getName(),
            "twice");
    String words = ended.words();
    assertTrue(words.contains("unit: the median of app.Rate:perSecond"), words);
    assertTrue(words.contains("program 100.00 - 100.00"), words);
    assertTrue(words.contains("2. crash in release, or invalid frees: yes"), words);
    assertTrue(words.contains("x doubleFree by io.hakmem.analysis.trial.RateProgram.main"), words);
    assertTrue(words.contains("3. debug breaks, or a check is missing: no"), words);
    assertEquals("", ended.err(), "quiet in a pipe");
    assertEquals(4, recordings().size(), "the figures' recordings are gone");
  }

  @Test
  void aProgramThatDoesNotUseTheAllocatorIsNoTrial() throws Exception {
    Ended ended =
        run(
            List.of("--throughput-regex", "rate=(\\d+)", "--format", "md"),
            RateProgram.class.getName(),
            "stranger");
    assertEquals(1, ended.code(), ended.out());
    assertTrue(ended.words().contains("the program never loaded the allocator"), ended.out());
    assertTrue(ended.words().contains("No swap at all was proven"), ended.out());
    assertTrue(ended.out().startsWith("# Trial of the direct push"), ended.out());
  }

  @Test
  void aProgramThatFailsIsNamedWithItsLastLine() throws Exception {
    Path json = folder.resolve("trial.json");
    Ended ended =
        run(
            List.of("--json", json.toString(), "--format", "json"),
            RateProgram.class.getName(),
            "fails");
    assertEquals(1, ended.code(), ended.out());
    assertTrue(ended.out().contains("\"problem\": \"exit code 3: no configuration\""), ended.out());
    assertEquals(Files.readString(json), ended.out());
  }

  /** As Ctrl-C and as a service manager end it. */
  @ParameterizedTest
  @ValueSource(strings = {"INT", "TERM"})
  @DisabledOnOs(OS.WINDOWS)
  void aSignalLeavesNoChildAndNoHalfFile(String signal) throws Exception {
    assumeFalse(isIgnored(signal), "a job in the background of a script ignores it");
    Path json = folder.resolve("trial.json");
    Process process =
        start(
            List.of("--json", json.toString(), "--throughput-event", "app.Rate:perSecond"),
            RateProgram.class.getName(),
            "waits");
    List<ProcessHandle> children = children(process);
    new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));

    assertFalse(process.exitValue() == 0);
    assertFalse(children.isEmpty());
    assertTrue(children.stream().noneMatch(ProcessHandle::isAlive), "a child is left");
    assertEquals(List.of(), recordings());
    assertFalse(Files.exists(json));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(), files.filter(f -> f.toString().endsWith(".part")).toList());
    }
  }

  /** Whether processes that are started from here ignore a signal, where the system tells. */
  private static boolean isIgnored(String signal) throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.exists(status)) {
      return false;
    }
    String mask = "SigIgn:";
    long ignored =
        Files.readAllLines(status).stream()
            .filter(line -> line.startsWith(mask))
            .mapToLong(line -> Long.parseUnsignedLong(line.substring(mask.length()).trim(), 16))
            .sum();
    int number = signal.equals("INT") ? 2 : 15;
    return (ignored >>> (number - 1) & 1) != 0;
  }

  /** Waits until the program itself runs: the first child only asks the agent for its paths. */
  private List<ProcessHandle> children(Process process) throws Exception {
    Path log = folder.resolve("out/logs/figure-program-checked-scan-seed42-1.err");
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (System.nanoTime() < end && process.isAlive()) {
      if (Files.exists(log)) {
        List<ProcessHandle> children = process.descendants().toList();
        if (!children.isEmpty()) {
          return children;
        }
      }
      Thread.sleep(20);
    }
    throw new AssertionError("no child was started: " + text("stderr"));
  }
}
