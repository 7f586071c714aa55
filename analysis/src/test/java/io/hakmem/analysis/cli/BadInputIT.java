package io.hakmem.analysis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.hakmem.analysis.load.ManyEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Disks that are full, files that are forbidden, two processes at once: the built program. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "needs a POSIX shell")
class BadInputIT {

  private static final int EVENTS = 200_000;
  private static final String COUNT = "SELECT count(*) AS n FROM \"load.Small\"";
  private static final String ANSWER = "n\n" + EVENTS + "\n";

  @TempDir static Path shared;

  private static Path recording = Path.of("");

  @TempDir Path folder;

  /** What a process gave. */
  private record Outcome(int code, String out, String err) {

    boolean isOneLine() {
      return err.lines().count() == 1 && err.startsWith("hakmem: ");
    }
  }

  @BeforeAll
  static void record() throws Exception {
    recording = shared.resolve("many.jfr");
    ManyEvents.write(recording, EVENTS);
    setMode(shared, "rwxr-xr-x");
  }

  @BeforeEach
  void open() throws IOException {
    setMode(folder, "rwxrwxrwx");
  }

  private static void setMode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static List<String> hakmem(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-jar", jar().toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private static Path jar() {
    return Path.of("target", "hakmem-analysis.jar").toAbsolutePath();
  }

  private Process start(List<String> command, String name) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().remove("HAKMEM_CACHE");
    return builder
        .redirectOutput(folder.resolve(name + ".out").toFile())
        .redirectError(folder.resolve(name + ".err").toFile())
        .start();
  }

  private Outcome finish(Process process, String name) throws Exception {
    int code = process.waitFor();
    return new Outcome(
        code,
        Files.readString(folder.resolve(name + ".out"), StandardCharsets.UTF_8),
        Files.readString(folder.resolve(name + ".err"), StandardCharsets.UTF_8));
  }

  private Outcome run(List<String> command) throws Exception {
    return finish(start(command, "run"), "run");
  }

  /**
   * With a file system of so many bytes at {@code small}; what is left there follows the output.
   */
  private Outcome onSmallDisk(String size, Path small, List<String> command) throws Exception {
    Files.createDirectories(small);
    List<String> mounted =
        new ArrayList<>(
            List.of(
                "unshare",
                "-rm",
                "sh",
                "-c",
                "mount -t tmpfs -o size="
                    + size
                    + " none \"$0\" || exit 99;"
                    + " \"$@\"; code=$?; find \"$0\" -mindepth 1; exit $code",
                small.toString()));
    mounted.addAll(command);
    try {
      Outcome outcome = run(mounted);
      boolean refused = outcome.code() == 99 || outcome.err().startsWith("unshare: ");
      assumeTrue(!refused, () -> "this system lets nobody mount: " + outcome.err());
      return outcome;
    } catch (IOException e) {
      assumeTrue(false, "no unshare(1) here: " + e.getMessage());
      throw e;
    }
  }

  @Test
  void aDiskThatGetsFullWhileCachingKeepsTheAnswer() throws Exception {
    Path small = folder.resolve("small");
    Outcome outcome =
        onSmallDisk(
            "1m",
            small,
            hakmem(
                "sql",
                "--format",
                "csv",
                "--cache",
                small.resolve("caches").toString(),
                recording.toString(),
                COUNT));
    assertEquals(0, outcome.code(), outcome.err());
    // The folder is left, nothing in it.
    assertEquals(ANSWER + small.resolve("caches") + "\n", outcome.out(), outcome.err());
    assertTrue(outcome.isOneLine(), outcome.err());
    assertTrue(outcome.err().contains("not kept for the next question"), outcome.err());
  }

  @Test
  void noSpaceAtAllIsOneLine() throws Exception {
    Path small = folder.resolve("small");
    List<String> command = hakmem("sql", "--no-cache", recording.toString(), COUNT);
    command.add(1, "-Djava.io.tmpdir=" + small);
    Outcome outcome = onSmallDisk("1m", small, command);
    assertEquals(3, outcome.code(), outcome.err());
    assertEquals("", outcome.out());
    assertTrue(outcome.isOneLine(), outcome.err());
    assertTrue(outcome.err().contains("there is no space left"), outcome.err());
  }

  @Test
  void anExportThatFillsTheDiskLeavesNothing() throws Exception {
    Path small = folder.resolve("small");
    for (String target : List.of("all.duckdb", "all.csv", "all.parquet")) {
      Outcome outcome =
          onSmallDisk(
              target.endsWith("parquet") ? "100k" : "1m",
              small,
              hakmem("export", recording.toString(), "--to", small.resolve(target).toString()));
      assertEquals(3, outcome.code(), target + outcome.out() + outcome.err());
      assertEquals("", outcome.out(), target);
      assertTrue(outcome.isOneLine(), outcome.err());
      assertTrue(outcome.err().contains(target + " cannot be written"), outcome.err());
    }
  }

  @Test
  void outputThatNobodyGetsIsNoSuccess() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")), "no /dev/full here");
    List<String> command = new ArrayList<>(List.of("sh", "-c", "exec \"$@\" >/dev/full", "hakmem"));
    command.addAll(hakmem("sql", recording.toString(), COUNT));
    Outcome outcome = run(command);
    assertEquals(3, outcome.code(), outcome.err());
    assertTrue(outcome.isOneLine(), outcome.err());
    assertTrue(outcome.err().contains("standard output cannot be written"), outcome.err());
  }

  @Test
  void aReaderThatHasEnoughIsNoFailure() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of("sh", "-c", "{ \"$@\"; echo \"code $?\" >&2; } | head -n 1", "hakmem"));
    command.addAll(
        hakmem("sql", "--format", "csv", recording.toString(), "FROM \"load.Small\" ORDER BY ALL"));
    Outcome outcome = run(command);
    assertEquals("code 0\n", outcome.err());
    assertEquals(1, outcome.out().lines().count());
  }

  @Test
  void twoProcessesMakeOneCache() throws Exception {
    Path caches = folder.resolve("caches");
    String[] arguments = {
      "sql", "--format", "csv", "--cache", caches.toString(), recording.toString(), COUNT
    };
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(start(hakmem(arguments), "load" + i));
    }
    for (int i = 0; i < processes.size(); i++) {
      assertEquals(new Outcome(0, ANSWER, ""), finish(processes.get(i), "load" + i));
    }
    try (Stream<Path> files = Files.list(caches)) {
      assertEquals(1, files.count());
    }
    assertEquals(new Outcome(0, ANSWER, ""), run(hakmem(arguments)));
  }

  /** As a user who is not root; nothing is forbidden to that one. */
  private Outcome asNobody(List<String> command) throws Exception {
    if (!System.getProperty("user.name").equals("root")) {
      return run(command);
    }
    List<String> changed =
        new ArrayList<>(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
    List<String> probe = new ArrayList<>(changed);
    probe.addAll(List.of("test", "-r", jar().toString()));
    try {
      assumeTrue(run(probe).code() == 0, "the build is not readable for nobody");
    } catch (IOException e) {
      assumeTrue(false, "no setpriv(1) here: " + e.getMessage());
    }
    changed.addAll(command);
    return run(changed);
  }

  @Test
  void aForbiddenRecordingIsNamed() throws Exception {
    Path forbidden = Files.copy(recording, folder.resolve("forbidden.jfr"));
    setMode(forbidden, "---------");
    for (String[] arguments :
        new String[][] {
          {"sql", forbidden.toString(), COUNT},
          {"analyze", forbidden.toString()},
          {"sql", "--cache", folder.resolve("c").toString(), forbidden.toString(), COUNT}
        }) {
      Outcome outcome = asNobody(hakmem(arguments));
      assertEquals(3, outcome.code(), outcome.err());
      assertEquals("hakmem: " + forbidden + ": cannot be read: no permission\n", outcome.err());
    }
  }

  @Test
  void aForbiddenFolderKeepsNoCacheAndTakesNoExport() throws Exception {
    Path forbidden = Files.createDirectory(folder.resolve("forbidden"));
    setMode(forbidden, "r-xr-xr-x");
    Outcome cached =
        asNobody(
            hakmem(
                "sql",
                "--format",
                "csv",
                "--cache",
                forbidden.toString(),
                recording.toString(),
                COUNT));
    assertEquals(0, cached.code(), cached.err());
    assertEquals(ANSWER, cached.out());
    assertTrue(cached.isOneLine(), cached.err());
    assertTrue(cached.err().contains("no permission to write to " + forbidden), cached.err());

    Outcome exported =
        asNobody(
            hakmem("export", recording.toString(), "--to", forbidden.resolve("x.csv").toString()));
    assertEquals(3, exported.code(), exported.err());
    assertTrue(exported.isOneLine(), exported.err());

    List<String> command = hakmem("sql", "--no-cache", recording.toString(), COUNT);
    command.add(1, "-Djava.io.tmpdir=" + forbidden);
    Outcome homeless = asNobody(command);
    assertEquals(3, homeless.code(), homeless.err());
    assertTrue(homeless.isOneLine(), homeless.err());
    assertTrue(homeless.err().contains("there is no place for its tables"), homeless.err());
    try (Stream<Path> files = Files.list(forbidden)) {
      assertEquals(List.of(), files.toList());
    }
  }

  /** As after an upgrade that left another driver's jar beside the new library. */
  @Test
  void aDriverWithoutItsLibraryIsOneLine() throws Exception {
    Path lib = Files.createDirectories(folder.resolve("lib"));
    Files.copy(jar(), folder.resolve("hakmem-analysis.jar"));
    try (Stream<Path> files = Files.list(jar().resolveSibling("lib"))) {
      for (Path file : files.filter(name -> name.toString().endsWith(".jar")).toList()) {
        Files.copy(file, lib.resolve(file.getFileName()));
      }
    }
    List<String> command = hakmem("sql", recording.toString(), COUNT);
    command.set(3, folder.resolve("hakmem-analysis.jar").toString());
    Outcome outcome = run(command);
    assertEquals(3, outcome.code(), outcome.err());
    assertTrue(outcome.isOneLine(), outcome.err());
    assertTrue(outcome.err().contains("DuckDB's library cannot be loaded"), outcome.err());
    assertTrue(outcome.err().contains("mvn -B clean package"), outcome.err());
  }

  @Test
  void aRecordingThatWasCutHasItsOffsetAndItsExitCode() throws Exception {
    byte[] whole = Files.readAllBytes(recording);
    int length = whole.length * 2 / 3;
    Path cut = Files.write(folder.resolve("cut.jfr"), Arrays.copyOf(whole, length));
    Outcome outcome = run(hakmem("sql", "--format", "csv", cut.toString(), COUNT));
    assertEquals(3, outcome.code(), outcome.err());
    assertTrue(
        outcome.err().contains(String.format(Locale.ROOT, "the file ends at byte %,d", length)),
        outcome.err());
    assertFalse(outcome.err().contains("\tat "), outcome.err());
  }
}
