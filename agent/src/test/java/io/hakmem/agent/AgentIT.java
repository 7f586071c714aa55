package io.hakmem.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.agent.app.DoubleFree;
import io.hakmem.agent.app.IsolatedLoaders;
import io.hakmem.agent.app.WithoutAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The built jar at the start of other JVMs. */
class AgentIT {

  private static final String MAIN = io.hakmem.benchmarks.Main.class.getName();

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"direct", "guarded", "checked", "checked-scan"})
  void aRecordingProvesThePath(String path) throws Exception {
    RecordedEvent event = installed(ChildJvm.agent("push=" + path));
    assertEquals(path, event.getString("freePath"));
    assertEquals("agent", event.getString("by"));
    assertTrue(event.getBoolean("proven"));
  }

  @Test
  void withoutTheAgentThePathIsTheDefault() throws Exception {
    RecordedEvent event = installed("-Dunrelated=1");
    assertEquals("direct", event.getString("freePath"));
    assertEquals("default", event.getString("by"));
    assertTrue(event.getBoolean("proven"));
  }

  @ParameterizedTest
  @CsvSource({"direct,unnoticed", "guarded,caught", "checked,caught", "checked-scan,caught"})
  void aDoubleFreeIsCaughtOrNotAsThePathSays(String path, String outcome) throws Exception {
    ChildJvm.Result result =
        run(
            ChildJvm.agent("push=" + path),
            "-cp",
            ChildJvm.classPath(ChildJvm.allocatorJar(), ChildJvm.testClasses()),
            DoubleFree.class.getName());
    assertTrue(result.out().startsWith(outcome), result.out());
    assertEquals(0, result.exit());
    assertEquals("", result.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"direct", "guarded", "checked", "checked-scan"})
  void aCorrectProgramRunsOnEveryPath(String path) throws Exception {
    ChildJvm.Result result = workload(200_000, ChildJvm.agent("push=" + path));
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.out().contains("[iter=200000 ws=64]"), result.out());
    assertEquals("", result.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "push=fast", "pusch=direct", "push", "push=direct,verbose=maybe"})
  void wrongArgumentsAreOneLineAndTheApplicationRuns(String arguments) throws Exception {
    ChildJvm.Result result = withoutAllocator(ChildJvm.agent(arguments));
    assertUntouched(result);
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(result.err().contains("valid: push=" + PushPath.alternatives()), result.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"push=checked-scan", "enabled=false"})
  void anApplicationWithoutTheAllocatorNeverNotices(String arguments) throws Exception {
    ChildJvm.Result result = withoutAllocator(ChildJvm.agent(arguments));
    assertUntouched(result);
    assertEquals("", result.err());
  }

  @Test
  void theSameAgentTwiceIsOne() throws Exception {
    String agent = ChildJvm.agent("push=checked-scan");
    RecordedEvent event = installed(agent, agent);
    assertEquals("checked-scan", event.getString("freePath"));
    assertTrue(event.getBoolean("proven"));
    assertEquals("", withoutAllocator(agent, agent).err());
  }

  @Test
  void aSecondAgentThatWantsSomethingElseIsIgnoredAloud() throws Exception {
    String first = ChildJvm.agent("push=checked-scan");
    String second = ChildJvm.agent("push=direct");
    assertEquals("checked-scan", installed(first, second).getString("freePath"));
    ChildJvm.Result result = withoutAllocator(first, second);
    assertUntouched(result);
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(
        result.err().contains("push=direct,verbose=false,enabled=true,onInvalid=throw is ignored"));
  }

  @Test
  void everyClassLoaderGetsThePath() throws Exception {
    ChildJvm.Result result =
        run(
            ChildJvm.agent("push=checked-scan"),
            "-cp",
            ChildJvm.testClasses().toString(),
            IsolatedLoaders.class.getName(),
            ChildJvm.allocatorJar().toString());
    assertEquals(2, result.out().lines().count(), result.out());
    assertTrue(result.out().lines().allMatch(AgentIT::provenCheckedScan), result.out());
    assertEquals("", result.err());
  }

  @Test
  void theModulePathGetsThePath() throws Exception {
    ChildJvm.Result result =
        ChildJvm.run(
            List.of(
                ChildJvm.tool("java"),
                "--enable-native-access=hakmem.allocator",
                ChildJvm.agent("push=checked-scan,verbose=true"),
                "--module-path",
                ChildJvm.classPath(ChildJvm.allocatorJar(), ChildJvm.benchmarksJar()),
                "--module",
                "hakmem.benchmarks/" + MAIN,
                "random-mixed",
                "1000",
                "64"));
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.err().contains("push=checked-scan is live"), result.err());
  }

  @Test
  void verboseSaysWhatItWaitsForAndWhatWasProven() throws Exception {
    ChildJvm.Result result = workload(ChildJvm.agent("push=direct,verbose=true"));
    assertEquals(
        List.of(
            "hakmem-agent: options push=direct (agent arguments), verbose=true (agent arguments),"
                + " enabled=true (default), onInvalid=throw (default)",
            "hakmem-agent: waits for io.hakmem.thread.FreePath",
            "hakmem-agent: push=direct is live, a probe has proven it"),
        result.errLines());
  }

  @Test
  void aPathThatTheProbeDoesNotSeeIsSaidAloud() throws Exception {
    ChildJvm.Result result =
        workload(ChildJvm.agent("enabled=false"), "-Dhakmem.agent.push=checked-scan");
    assertEquals(0, result.exit());
    assertEquals(
        List.of("hakmem-agent: asked for push=checked-scan, but a probe observes push=direct"),
        result.errLines());
  }

  @Test
  void withoutByteBuddyTheApplicationRunsUnchanged() throws Exception {
    Path broken =
        Jars.without(
            ChildJvm.agentJar(), folder.resolve("broken-agent.jar"), "io/hakmem/agent/bytebuddy/");
    assertUnchangedBy("-javaagent:" + broken + "=push=checked-scan", ChildJvm.allocatorJar());
  }

  @Test
  void withoutThePushClassTheApplicationRunsUnchanged() throws Exception {
    Path older =
        Jars.without(
            ChildJvm.allocatorJar(),
            folder.resolve("older-allocator.jar"),
            "io/hakmem/thread/CheckedScanPush.class");
    assertUnchangedBy(ChildJvm.agent("push=checked-scan"), older);
  }

  private void assertUnchangedBy(String agent, Path allocator) throws Exception {
    Path recording = folder.resolve("unchanged.jfr");
    ChildJvm.Result result =
        run(
            agent,
            "-Xlog:disable",
            "-XX:StartFlightRecording:filename=" + recording,
            "-cp",
            ChildJvm.classPath(allocator, ChildJvm.benchmarksJar()),
            MAIN,
            "random-mixed",
            "1000",
            "64");
    assertEquals(0, result.exit(), result.err());
    assertTrue(result.out().contains("Throughput = "), result.out());
    assertEquals(1, result.errLines().size(), result.err());
    assertTrue(result.err().contains("push=checked-scan in place failed"), result.err());
    RecordedEvent event = installedIn(recording);
    assertEquals("direct", event.getString("freePath"));
    assertEquals("default", event.getString("by"));
    assertTrue(event.getBoolean("proven"));
  }

  private static void assertUntouched(ChildJvm.Result result) {
    assertEquals(WithoutAllocator.EXIT, result.exit());
    assertEquals("application ran", result.out().strip());
  }

  private static boolean provenCheckedScan(String line) {
    return line.contains("path=checked-scan") && line.contains("by=agent, proven=true");
  }

  private static ChildJvm.Result withoutAllocator(String... flags) throws Exception {
    List<String> command = ChildJvm.java(flags);
    command.addAll(
        List.of("-cp", ChildJvm.testClasses().toString(), WithoutAllocator.class.getName()));
    return ChildJvm.run(command);
  }

  private static ChildJvm.Result workload(String... flags) throws Exception {
    return workload(1000, flags);
  }

  private static ChildJvm.Result workload(int operations, String... flags) throws Exception {
    List<String> command = ChildJvm.java(flags);
    command.addAll(
        List.of(
            "-cp",
            ChildJvm.classPath(ChildJvm.allocatorJar(), ChildJvm.benchmarksJar()),
            MAIN,
            "random-mixed",
            String.valueOf(operations),
            "64"));
    return ChildJvm.run(command);
  }

  private static ChildJvm.Result run(String... arguments) throws Exception {
    return ChildJvm.run(ChildJvm.java(arguments));
  }

  /** The first announcement in a real recording of the workload. */
  private RecordedEvent installed(String... flags) throws Exception {
    Path recording = folder.resolve("workload.jfr");
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("-XX:StartFlightRecording:filename=" + recording);
    ChildJvm.Result result = workload(all.toArray(new String[0]));
    assertEquals(0, result.exit(), result.err());
    return installedIn(recording);
  }

  private static RecordedEvent installedIn(Path recording) throws Exception {
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(recording).stream()
            .filter(event -> event.getEventType().getName().equals("io.hakmem.FreePathInstalled"))
            .toList();
    assertFalse(events.isEmpty());
    return events.get(0);
  }
}
