package io.hakmem.profiles;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import jdk.jfr.EventType;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Real recordings of the workload in child JVMs, with the built agent. */
class RecordingIT {

  private static final String MAIN = io.hakmem.benchmarks.Main.class.getName();
  private static final Pattern SUMMARY_LINE = Pattern.compile("^ (\\S+)\\s+(\\d+)\\s+\\d+ *$");
  private static final long OPERATIONS = 20_000_000;
  private static final String SECRET = "hunter2-93251";

  @TempDir static Path folder;

  /** The workload with its default arguments, and with the few blocks of the proof. */
  private static Path defaultRun = Path.of("");

  private static Path smallRun = Path.of("");
  private static Path productionRun = Path.of("");

  static List<Profile> profiles() throws Exception {
    return Profile.all();
  }

  @BeforeAll
  static void record() throws Exception {
    String settings = "settings=" + Profile.hotpath().file();
    defaultRun = record("default", settings);
    smallRun = record("small", settings, String.valueOf(OPERATIONS), "256");
    productionRun = record("production", "settings=" + Profile.production().file());
  }

  @Test
  void productionHasTheCountersAndSamples() throws Exception {
    Map<String, Long> counts = summary(productionRun);
    assertCounted(counts, "FastPathHit", "FastPathStatistics", "FreePathInstalled");
    assertProven(productionRun);
    String hit = "io.hakmem.FastPathHit";
    assertTrue(counts.getOrDefault(hit, 0L) < summary(defaultRun).getOrDefault(hit, 0L));
    for (RecordedEvent event : events(productionRun, "io.hakmem.SlowPathFallback")) {
      assertTrue(event.getDuration().toNanos() >= 1_000_000, event.toString());
    }
  }

  @Test
  void productionHoldsNothingThatTheListDoesNotName() throws Exception {
    Set<String> listed = ProductionList.text().lines().collect(Collectors.toSet());
    Set<String> names = recordedTypes(productionRun);
    assertTrue(names.contains("jdk.BooleanFlag"), names.toString());
    Set<String> unlisted = new TreeSet<>();
    try (RecordingFile file = new RecordingFile(productionRun)) {
      for (EventType type : file.readEventTypes()) {
        if (names.contains(type.getName())) {
          unlisted.addAll(ProductionList.fields(type));
        }
      }
    }
    assertFalse(unlisted.isEmpty());
    unlisted.removeAll(listed);
    assertEquals(Set.of(), unlisted);
  }

  @Test
  void theDefaultWorkloadHasEveryEventOfTheAllocatorsPaths() throws Exception {
    assertCounted(
        summary(defaultRun),
        "FastPathHit",
        "FastPathStatistics",
        "SlowPathFallback",
        "CapacityRejection",
        "FreePathInstalled");
    assertProven(defaultRun);
  }

  @Test
  void theSmallWorkloadListsThemToo() throws Exception {
    Map<String, Long> counts = summary(smallRun);
    assertCounted(
        counts, "FastPathHit", "FastPathStatistics", "SlowPathFallback", "FreePathInstalled");
    // So few blocks seldom fill a list: the type is there, but need not have happened.
    assertTrue(counts.containsKey("io.hakmem.CapacityRejection"), counts.toString());
    assertProven(smallRun);
  }

  /** The workload frees what it allocates, so the counters of its very end balance. */
  @Test
  void theExactCountersReachToTheEnd() throws Exception {
    Map<Integer, RecordedEvent> last = new TreeMap<>();
    for (RecordedEvent event : events(smallRun, "io.hakmem.FastPathStatistics")) {
      last.merge(
          event.getInt("sizeClass"),
          event,
          (a, b) -> a.getStartTime().isAfter(b.getStartTime()) ? a : b);
    }
    long allocated = 0;
    long freed = 0;
    for (RecordedEvent event : last.values()) {
      allocated += event.getLong("allocateHits") + event.getLong("refills");
      freed += event.getLong("freeHits") + event.getLong("rejections");
    }
    assertEquals(allocated, freed);
    assertTrue(allocated + freed > OPERATIONS, "operations: " + (allocated + freed));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void theCpuTimeSamplerRuns() throws Exception {
    assertTrue(summary(defaultRun).getOrDefault("jdk.CPUTimeSample", 0L) > 0);
  }

  @Test
  void nothingIsRecordedThatTheProfileDoesNotName() throws Exception {
    Set<String> unexpected = new TreeSet<>(recordedTypes(defaultRun));
    unexpected.removeAll(Profile.hotpath().enabledEvents());
    assertEquals(Set.of(), unexpected);
  }

  @Test
  void aRecordingHoldsNothingOfTheCommandLine() throws Exception {
    for (Path recording : new Path[] {defaultRun, productionRun}) {
      String bytes = Files.readString(recording, StandardCharsets.ISO_8859_1);
      assertTrue(bytes.contains("RandomMixed"), "names of code are there");
      assertFalse(bytes.contains(SECRET));
      assertFalse(bytes.contains(String.valueOf(folder.getFileName())));
    }
  }

  @Test
  void theOptionForTheCommandLineWorks() throws Exception {
    Path custom = folder.resolve("custom.jfc");
    Tools.run(
        "jfr",
        "configure",
        "--input",
        Profile.hotpath().file().toString(),
        "--output",
        custom.toString(),
        "command-line=true");
    Path recording = record("custom", "settings=" + custom, "200000", "256");
    assertTrue(
        Files.readString(recording, StandardCharsets.ISO_8859_1).contains(SECRET),
        "the command line was asked for");
  }

  @ParameterizedTest
  @MethodSource("profiles")
  void mergesWithTheJdksProfiles(Profile profile) throws Exception {
    for (String other : new String[] {"default", "profile"}) {
      Path recording =
          record(
              "merged-" + other,
              "settings=" + other + ",settings=" + profile.file(),
              "200000",
              "256");
      Set<String> types = recordedTypes(recording);
      assertTrue(types.contains("io.hakmem.FastPathStatistics"), types.toString());
      assertTrue(types.contains("jdk.InitialSystemProperty"), "only the other has it");
      Map<String, String> settings = activeSettings(recording);
      profile
          .settings()
          .forEach((key, value) -> assertEquals(value, settings.getOrDefault(key, value), key));
      assertTrue(
          settings.containsKey("io.hakmem.AllocatorConfiguration#enabled"), settings.toString());
    }
  }

  private static void assertCounted(Map<String, Long> counts, String... events) {
    for (String event : events) {
      assertTrue(counts.getOrDefault("io.hakmem." + event, 0L) > 0, event + " of " + counts);
    }
  }

  private static void assertProven(Path recording) throws Exception {
    List<RecordedEvent> installed = events(recording, "io.hakmem.FreePathInstalled");
    for (RecordedEvent event : installed) {
      assertEquals("checked-scan", event.getString("freePath"));
      assertEquals("agent", event.getString("by"));
      assertTrue(event.getBoolean("proven"));
    }
    assertFalse(installed.isEmpty());
  }

  private static Path record(String name, String settings, String... workload) throws Exception {
    Path recording = folder.resolve(name + ".jfr");
    List<String> arguments = new ArrayList<>();
    arguments.addAll(
        List.of(
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UnlockDiagnosticVMOptions",
            "-XX:+DebugNonSafepoints",
            "-Dsome.password=" + SECRET,
            "-javaagent:" + home(io.hakmem.agent.HakmemAgent.class) + "=push=checked-scan",
            "-XX:StartFlightRecording:" + settings + ",maxsize=2g,filename=" + recording,
            "-cp",
            home(io.hakmem.Hakmem.class)
                + System.getProperty("path.separator")
                + home(io.hakmem.benchmarks.Main.class),
            MAIN,
            "random-mixed"));
    arguments.addAll(List.of(workload));
    Tools.run("java", arguments);
    return recording;
  }

  private static Path home(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }

  /** Counts by event type, as {@code jfr summary} prints them. */
  private static Map<String, Long> summary(Path recording) throws Exception {
    Map<String, Long> counts = new TreeMap<>();
    Tools.run("jfr", "summary", recording.toString())
        .lines()
        .map(SUMMARY_LINE::matcher)
        .filter(Matcher::matches)
        .forEach(line -> counts.put(line.group(1), Long.valueOf(line.group(2))));
    return counts;
  }

  private static List<RecordedEvent> events(Path recording, String type) throws Exception {
    return RecordingFile.readAllEvents(recording).stream()
        .filter(event -> event.getEventType().getName().equals(type))
        .toList();
  }

  private static Set<String> recordedTypes(Path recording) throws Exception {
    Set<String> names = new TreeSet<>();
    for (RecordedEvent event : RecordingFile.readAllEvents(recording)) {
      names.add(event.getEventType().getName());
    }
    return names;
  }

  private static Map<String, String> activeSettings(Path recording) throws Exception {
    Map<Long, String> names = new TreeMap<>();
    try (RecordingFile file = new RecordingFile(recording)) {
      file.readEventTypes().forEach(type -> names.put(type.getId(), type.getName()));
    }
    Map<String, String> settings = new TreeMap<>();
    for (RecordedEvent event : events(recording, "jdk.ActiveSetting")) {
      settings.put(
          names.get(event.getLong("id")) + "#" + event.getString("name"), event.getString("value"));
    }
    return settings;
  }
}
