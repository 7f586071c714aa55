package io.hakmem.analysis.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.trial.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The command with the built jars, in a JVM of its own as the launcher starts it. */
class RecordIT {

  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final String TESTS = MODULE.resolve("target/test-classes").toString();

  @TempDir Path folder;

  private record Ended(int code, String out, String err) {}

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Checkout.java().toString());
    command.add("-Dhakmem.home=" + MODULE.getParent());
    command.add("-jar");
    command.add(MODULE.resolve("target/hakmem-analysis.jar").toString());
    command.add("record");
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .directory(folder.toFile())
        .redirectError(folder.resolve("stderr").toFile())
        .start();
  }

  private Ended end(Process process) throws IOException, InterruptedException {
    process.getOutputStream().close();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(120, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
    return new Ended(process.waitFor(), out, Files.readString(folder.resolve("stderr")));
  }

  private static String[] tiny(String output, String... arguments) {
    List<String> words =
        new ArrayList<>(
            List.of("--profile", "production", "-o", output, "--", "java", "-cp", TESTS));
    words.add(TinyProgram.class.getName());
    words.addAll(List.of(arguments));
    return words.toArray(new String[0]);
  }

  @Test
  void aWorkloadIsRecordedWithThePushPathAskedFor() throws Exception {
    Ended ended =
        end(
            start(
                "--push",
                "checked-scan",
                "-o",
                "a, 50%.jfr",
                "--",
                "random-mixed",
                "2000000",
                "256"));
    assertEquals(0, ended.code(), ended.err());
    assertTrue(ended.out().startsWith("Throughput = "), ended.out());
    assertEquals(1, ended.out().lines().count(), ended.out());
    Contents contents = Contents.read(folder.resolve("a, 50%.jfr"));
    assertEquals(List.of("checked-scan"), contents.freePaths());
    assertTrue(contents.ours().getOrDefault("FastPathHit", 0L) > 0, ended.err());
    assertTrue(ended.err().contains("push path    checked-scan"), ended.err());
    assertTrue(ended.err().contains("./hakmem analyze 'a, 50%.jfr'"), ended.err());
    assertFalse(ended.err().contains("another recording"), ended.err());
  }

  @Test
  void aProgramKeepsItsStreamsAndItsExitCode() throws Exception {
    Process process = start(tiny("x.jfr", "echo", "42"));
    process.getOutputStream().write("hello\n".getBytes(StandardCharsets.UTF_8));
    Ended ended = end(process);
    assertEquals(42, ended.code(), ended.err());
    assertEquals("read hello\n", ended.out());
    assertTrue(ended.err().startsWith("an error of the program\n"), ended.err());
    assertTrue(ended.err().contains("java, which ended with exit code 42."), ended.err());
    assertTrue(ended.err().contains("no events: it never ran"), ended.err());
    assertTrue(Contents.read(folder.resolve("x.jfr")).counts().containsKey("jdk.BooleanFlag"));
  }

  @Test
  void anUnknownWorkloadIsTheWorkloadsOwnUsage() throws Exception {
    Ended ended = end(start("--", "no-such-workload"));
    assertEquals(2, ended.code(), ended.err());
    assertTrue(ended.err().contains("unknown workload 'no-such-workload'"), ended.err());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aSignalEndsTheProgramAndItsRecordingIsWhole() throws Exception {
    Process process = start(tiny("x.jfr", "wait"));
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    assertEquals("up", out.readLine());
    // Process.destroy() would close the pipe that is still to be read.
    assertTrue(process.toHandle().destroy());
    assertEquals("bye", out.readLine());
    assertEquals(143, process.waitFor());
    String err = Files.readString(folder.resolve("stderr"));
    assertTrue(err.contains("java, which ended with exit code 143."), err);
    assertFalse(Contents.read(folder.resolve("x.jfr")).counts().isEmpty());
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aKilledProgramLeavesNoRecordingAndThatIsSaid() throws Exception {
    Ended ended = end(start(tiny("x.jfr", "die")));
    assertEquals(3, ended.code(), ended.err());
    assertTrue(ended.err().contains("hakmem: x.jfr: "), ended.err());
    assertTrue(ended.err().contains("java ended with exit code 137; a JVM that"), ended.err());
  }

  @Test
  void aTraceIsWhole() throws Exception {
    Ended ended =
        end(start("--profile", "trace", "-o", "t.jfr", "--", "random-mixed", "1000000", "256"));
    assertEquals(0, ended.code(), ended.err());
    assertTrue(ended.err().contains("./hakmem trace t.jfr"), ended.err());
  }

  @Test
  void aTraceThatLacksItsBeginningIsNoneAndThatIsSaid() throws Exception {
    Path allocator = MODULE.resolveSibling("allocator/target/hakmem-allocator.jar");
    String classPath = TESTS + System.getProperty("path.separator") + allocator;
    List<String> words =
        new ArrayList<>(List.of("--profile", "trace", "--maxsize", "1m", "-o", "t.jfr", "--"));
    words.addAll(List.of("java", "-cp", classPath, TracedProgram.class.getName()));
    Ended ended = end(start(words.toArray(new String[0])));
    assertEquals(3, ended.code(), ended.err());
    assertTrue(ended.err().contains("t.jfr: has an incomplete trace: Stream 1 lacks"), ended.err());
    assertTrue(ended.err().contains("Beyond --maxsize the oldest part is dropped."), ended.err());
  }
}
