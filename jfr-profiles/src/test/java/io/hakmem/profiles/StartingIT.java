package io.hakmem.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The ways to start that {@link RecordingIT} does not show: jcmd, and the Recording API. */
class StartingIT {

  private static final int OPERATIONS = 3_000_000;

  @TempDir Path folder;

  static List<Profile> profiles() throws Exception {
    return Profile.all();
  }

  /** Works when it is told to; with a profile and a file it records itself. */
  static final class Program {
    public static void main(String[] arguments) throws Exception {
      if (arguments.length == 2) {
        try (Recording recording = new Recording(Configuration.create(Path.of(arguments[0])))) {
          recording.start();
          work();
          recording.stop();
          recording.dump(Path.of(arguments[1]));
        }
      } else {
        Hakmem.free(Hakmem.allocate(1));
        System.out.println("ready");
        for (int command = System.in.read(); command > 0; command = System.in.read()) {
          work();
          System.out.println("done");
        }
      }
    }

    private static void work() {
      long[] slots = new long[5000];
      for (int i = 0; i < OPERATIONS; i++) {
        int slot = i % slots.length;
        Hakmem.free(slots[slot]);
        slots[slot] = Hakmem.allocate(i % 1000);
      }
      for (long block : slots) {
        Hakmem.free(block);
      }
    }
  }

  private static List<String> java(String... arguments) throws Exception {
    String separator = System.getProperty("path.separator");
    Path own = home(StartingIT.class);
    String classPath = home(Hakmem.class) + separator + own;
    return Stream.concat(
            Stream.of(
                "--enable-native-access=ALL-UNNAMED", "-cp", classPath, Program.class.getName()),
            Stream.of(arguments))
        .toList();
  }

  private static Path home(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void byTheRecordingApi(Profile profile) throws Exception {
    Path file = folder.resolve("api.jfr");
    Tools.run("java", java(profile.file().toString(), file.toString()));
    assertRecorded(profile, file);
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void byJcmd(Profile profile) throws Exception {
    assertRecorded(profile, recordByJcmd("settings=" + profile.file()));
  }

  /** The interval is a setting of the event, so it needs no profile. */
  @Test
  void theIntervalOfSampledHitsByJcmd() throws Exception {
    String event = "+io.hakmem.FastPathHit#";
    Path file = recordByJcmd("settings=none", event + "enabled=true", event + "interval=7919");
    List<RecordedEvent> hits =
        RecordingFile.readAllEvents(file).stream()
            .filter(hit -> hit.getEventType().getName().equals("io.hakmem.FastPathHit"))
            .toList();
    hits.forEach(hit -> assertEquals(7919, hit.getLong("weight"), hit::toString));
    // Some 750 are to be expected of six million operations.
    assertTrue(hits.size() > 500 && hits.size() < 1000, hits.size() + " samples");
  }

  private Path recordByJcmd(String... settings) throws Exception {
    Path file = folder.resolve("jcmd.jfr");
    List<String> command = new ArrayList<>(java());
    command.addFirst(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Process program =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    try (BufferedReader output = program.inputReader()) {
      assertEquals("ready", output.readLine());
      List<String> start = new ArrayList<>(List.of("JFR.start", "name=it"));
      start.addAll(List.of(settings));
      jcmd(program, start);
      tell(program);
      assertEquals("done", output.readLine());
      jcmd(program, List.of("JFR.stop", "name=it", "filename=" + file));
      program.getOutputStream().close();
      assertEquals(0, program.waitFor());
    } finally {
      program.destroyForcibly();
    }
    return file;
  }

  private static void tell(Process program) throws IOException {
    program.getOutputStream().write('\n');
    program.getOutputStream().flush();
  }

  private static void jcmd(Process program, List<String> command) throws Exception {
    List<String> arguments = new ArrayList<>(List.of(String.valueOf(program.pid())));
    arguments.addAll(command);
    Tools.run("jcmd", arguments);
  }

  private static void assertRecorded(Profile profile, Path file) throws Exception {
    assertTrue(Files.size(file) > 0);
    Set<String> types = new TreeSet<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      types.add(event.getEventType().getName());
    }
    Set<String> unexpected = new TreeSet<>(types);
    unexpected.removeAll(profile.enabledEvents());
    assertEquals(Set.of(), unexpected);
    Set<String> missing = new TreeSet<>(expected(profile));
    missing.removeAll(types);
    assertEquals(Set.of(), missing);
  }

  /** What the work must bring about, whatever the machine. */
  private static Set<String> expected(Profile profile) {
    Set<String> names =
        new TreeSet<>(
            Set.of(
                "io.hakmem.AllocatorConfiguration",
                "io.hakmem.FreePathInstalled",
                "io.hakmem.FastPathStatistics",
                "jdk.ActiveSetting"));
    if (profile.toString().equals(Profile.TRACE)) {
      names.add("io.hakmem.OperationTrace");
    }
    if (profile.toString().equals(Profile.HOTPATH)) {
      names.addAll(
          Set.of(
              "io.hakmem.FastPathHit",
              "io.hakmem.SlowPathFallback",
              "jdk.Compilation",
              "jdk.CompilerInlining",
              "jdk.BooleanFlag",
              "jdk.CPUInformation"));
    }
    return names;
  }
}
