package io.hakmem.analysis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hakmem.Hakmem;
import io.hakmem.analysis.live.app.Idle;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The built command line against running JVMs. */
class AttachIT {

  private static final Path HOME = Path.of("..").toAbsolutePath().normalize();
  private static final String LOADING = "-XX:+EnableDynamicAgentLoading";

  private static final String OPTIONS = "%s, enabled=%s, onInvalid=throw (default)";

  @TempDir Path folder;

  private record Run(int code, String out, String err) {}

  @Test
  void swapsBothWaysAndSaysWhatIsLive() throws Exception {
    try (Target target = new Target(true, LOADING)) {
      assertStatus(target, "loaded", "direct", "", "default", "not loaded");
      assertLive(target, "push=guarded", "push=guarded", "direct");
      assertStatus(
          target,
          "loaded",
          "guarded",
          "direct",
          "attach",
          OPTIONS.formatted(
              "push=guarded (agent arguments), verbose=false (default)", "true (default)"));
      assertLive(target, "push=checked-scan,verbose=true", "push=checked-scan", "guarded");
      assertLive(target, "push=direct", "push=direct", "checked-scan");
      assertLive(target, "push=guarded", "push=guarded", "direct");
      assertLive(target, "enabled=false", "push=direct", "guarded");
      target.use();
      assertStatus(
          target,
          "loaded",
          "direct",
          "guarded",
          "attach",
          OPTIONS.formatted("verbose=false (default)", "false (agent arguments)"));
      List<String> lines = target.end();
      assertEquals(2, lines.size(), lines.toString());
      assertEquals("hakmem-agent: push=checked-scan is live, a probe has proven it", lines.get(1));
    }
  }

  @Test
  void withoutTheAllocatorThePathWaits() throws Exception {
    try (Target target = new Target(false, LOADING)) {
      Run status = hakmem("status", target.pid());
      assertEquals(0, status.code(), status.err());
      assertEquals(
          "process    %s %s%nallocator  not loaded%nagent      not loaded%n"
              .formatted(target.pid(), Idle.class.getName()),
          status.out());
      assertFails(
          hakmem("attach", target.pid(), "push=guarded"),
          1,
          "has not loaded the allocator; push=guarded is set when it is loaded");
      target.use();
      assertStatus(
          target,
          "loaded",
          "guarded",
          "",
          "agent",
          OPTIONS.formatted(
              "push=guarded (agent arguments), verbose=false (default)", "true (default)"));
      assertEquals(List.of(), target.end());
    }
  }

  /** The default of the JDK today: it works, and the JVM warns in four lines. */
  @Test
  void withoutTheFlagTheJvmWarns() throws Exception {
    try (Target target = new Target(true)) {
      assertLive(target, "push=guarded", "push=guarded", "direct");
      List<String> lines = target.end();
      assertEquals(4, lines.size(), lines.toString());
      assertTrue(lines.stream().allMatch(line -> line.startsWith("WARNING: ")), lines.toString());
    }
  }

  @Test
  void anAgentThatIsRefusedNamesTheFlag() throws Exception {
    try (Target target = new Target(true, "-XX:-EnableDynamicAgentLoading")) {
      assertFails(hakmem("attach", target.pid(), "push=guarded"), 3, LOADING);
      assertStatus(target, "loaded", "direct", "", "default", "not loaded");
    }
  }

  @Test
  void anAttachThatIsRefusedNamesTheFlag() throws Exception {
    try (Target target = new Target(true, "-XX:+DisableAttachMechanism")) {
      assertFails(hakmem("attach", target.pid(), "push=guarded"), 3, "-XX:+DisableAttachMechanism");
      assertFails(hakmem("status", target.pid()), 3, "-XX:+DisableAttachMechanism");
      assertEquals(List.of(), target.end());
    }
  }

  @Test
  void aSwapThatTheProbeContradictsIsNotProven() throws Exception {
    try (Target target = new Target(false, LOADING, "-Dhakmem.agent.push=guarded")) {
      target.use();
      Run status = hakmem("status", target.pid());
      assertEquals(0, status.code());
      assertTrue(status.out().contains(String.format("proven     no%n")), status.out());
      assertLive(target, "push=guarded", "push=guarded", "direct");
    }
  }

  /** Its socket still takes connections, so that only a limit of our own ends the wait. */
  @Test
  void aJvmThatIsStoppedIsNotWaitedForForEver() throws Exception {
    try (Target target = new Target(true, LOADING)) {
      assertLive(target, "push=guarded", "push=guarded", "direct");
      signal("-STOP", target);
      try {
        String message = "has not answered within 2 s";
        assertFails(hakmem("status", "--timeout=2", target.pid()), 3, message);
        assertFails(hakmem("attach", "--timeout=2", target.pid(), "push=direct"), 3, message);
      } finally {
        signal("-CONT", target);
      }
      assertEquals(0, hakmem("status", target.pid()).code());
    }
  }

  private static void signal(String signal, Target target) throws Exception {
    assertEquals(0, new ProcessBuilder("kill", signal, target.pid()).start().waitFor());
  }

  @Test
  void aProcessThatIsNotThere() throws Exception {
    Process dead = new ProcessBuilder("/bin/sh", "-c", ":").start();
    dead.waitFor();
    String pid = String.valueOf(dead.pid());
    assertFails(hakmem("attach", pid, "push=guarded"), 3, "there is no process " + pid);
    assertFails(hakmem("status", pid), 3, "there is no process " + pid);
  }

  @Test
  void aProcessThatIsNoJvmStaysAlive() throws Exception {
    Process sleep = new ProcessBuilder("sleep", "600").start();
    try {
      String pid = String.valueOf(sleep.pid());
      assertFails(hakmem("attach", pid, "push=guarded"), 3, pid + " is not a Java process");
      assertFails(hakmem("status", pid), 3, pid + " is not a Java process");
      assertTrue(sleep.isAlive());
    } finally {
      sleep.destroyForcibly();
    }
  }

  @Test
  void anotherUsersProcess() throws Exception {
    List<String> nobody =
        List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--");
    assumeTrue(runsAs(nobody), "this user cannot become another one, or that one cannot read");
    try (Target target = new Target(true)) {
      List<String> command = new ArrayList<>(nobody);
      command.addAll(command("status", target.pid()));
      assertFails(run(command), 3, "permission denied: process " + target.pid() + " belongs to ");
      assertEquals(List.of(), target.end());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "attach",
        "attach 1",
        "attach x push=guarded",
        "attach 1 push=fast",
        "attach 1 pusch=guarded",
        "attach 1 push=guarded --frobnicate",
        "status",
        "attach 1 push=guarded,onInvalid=ignore",
        "status --timeout=0 1",
        "status x",
        "status 1 2"
      })
  void whatMakesNoSenseIsUsage(String line) throws Exception {
    Run run = hakmem(line.split(" ", -1));
    assertEquals(2, run.code(), run.err());
    assertEquals("", run.out());
    assertTrue(run.err().startsWith("hakmem: "), run.err());
    assertTrue(run.err().contains("Usage: hakmem " + line.split(" ", -1)[0]), run.err());
    if (line.contains("=fast") || line.contains("pusch")) {
      assertTrue(
          run.err().contains("valid: push=direct|guarded|checked|checked-scan, verbose=true|false"),
          run.err());
    }
  }

  @Test
  void aMissingAgentJarIsNamed() throws Exception {
    List<String> command = command("attach", "1", "push=guarded");
    command.set(1, "-Dhakmem.home=" + folder);
    assertFails(run(command), 3, "missing " + folder.resolve("agent/target/hakmem-agent.jar"));
  }

  private static void assertLive(Target target, String options, String live, String before)
      throws Exception {
    Run run = hakmem("attach", target.pid(), options);
    assertEquals(0, run.code(), run.err());
    assertEquals(
        "process %s: %s is live, a probe has proven it (before: %s)%n"
            .formatted(target.pid(), live, before),
        run.out());
    assertEquals("", run.err());
  }

  private static void assertStatus(
      Target target, String allocator, String path, String before, String by, String agent)
      throws Exception {
    Run run = hakmem("status", target.pid());
    assertEquals(0, run.code(), run.err());
    String expected =
        "process    %s %s%nallocator  %s%npath       %s%n%sby         %s%nproven     yes%nonInvalid  throw%nagent      %s%n"
            .formatted(
                target.pid(),
                Idle.class.getName(),
                allocator,
                path,
                before.isEmpty() ? "" : String.format("before     %s%n", before),
                by,
                agent);
    assertEquals(expected, run.out());
    assertEquals("", run.err());
  }

  private static void assertFails(Run run, int code, String part) {
    assertEquals(code, run.code(), run.err());
    assertEquals("", run.out());
    assertEquals(1, run.err().lines().count(), run.err());
    assertTrue(run.err().startsWith("hakmem: "), run.err());
    assertTrue(run.err().contains(part), run.err());
  }

  private static Run hakmem(String... arguments) throws Exception {
    return run(command(arguments));
  }

  private static List<String> command(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(java());
    command.add("-Dhakmem.home=" + HOME);
    command.add("-XX:TieredStopAtLevel=1");
    command.add("-jar");
    command.add(HOME.resolve("analysis/target/hakmem-analysis.jar").toString());
    command.addAll(Arrays.asList(arguments));
    return command;
  }

  private static String java() {
    return Path.of(System.getProperty("java.home"), "bin", "java").toString();
  }

  private static boolean runsAs(List<String> user) throws Exception {
    List<String> command = new ArrayList<>(user);
    command.addAll(command("--version"));
    try {
      return run(command).code() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  private static Run run(List<String> command) throws Exception {
    Path out = Files.createTempFile("hakmem", ".out");
    Path err = Files.createTempFile("hakmem", ".err");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(out.toFile())
              .redirectError(err.toFile())
              .start();
      if (!process.waitFor(120, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("still running: " + command);
      }
      return new Run(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  /** A JVM that waits. */
  private final class Target implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final Path err;

    Target(boolean allocates, String... flags) throws Exception {
      List<String> command = new ArrayList<>(List.of(java(), "--enable-native-access=ALL-UNNAMED"));
      command.addAll(List.of(flags));
      String classPath = String.join(File.pathSeparator, home(Hakmem.class), home(Idle.class));
      command.addAll(List.of("-cp", classPath, Idle.class.getName()));
      if (allocates) {
        command.add("allocate");
      }
      err = folder.resolve("target.err");
      process = new ProcessBuilder(command).redirectError(err.toFile()).start();
      answers = process.inputReader();
      questions = process.outputWriter();
      assertEquals("running", answers.readLine(), () -> "the target did not start: " + err);
    }

    private static String home(Class<?> type) throws URISyntaxException {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
    }

    String pid() {
      return String.valueOf(process.pid());
    }

    void use() throws IOException {
      questions.write('\n');
      questions.flush();
      assertEquals("allocated", answers.readLine());
    }

    /** Ends it, with exit code 0; returns the lines on its stderr. */
    List<String> end() throws Exception {
      questions.close();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
      return Files.readAllLines(err);
    }

    @Override
    public void close() {
      process.destroyForcibly();
      assertFalse(process.isAlive() && process.onExit().join().isAlive());
      try {
        answers.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
