package io.hakmem.analysis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.recording.RecordingException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command end to end, with real child JVMs that only pretend to work. */
class EvaluateCommandTest {

  private static final Map<PushPath, Long> FAST =
      Map.of(PushPath.CHECKED_SCAN, 20_000_000L, PushPath.DIRECT, 100_000_000L);

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(Map<String, String> modes, HotPathReader reader, String... arguments) {
    return run(FAST, modes, reader, arguments);
  }

  private int run(
      Map<PushPath, Long> speeds,
      Map<String, String> modes,
      HotPathReader reader,
      String... arguments) {
    EvaluateCommand command =
        new EvaluateCommand(folder, new FakeWorkload.Command(speeds, modes), reader);
    return execute(command, arguments);
  }

  private int execute(EvaluateCommand command, String... arguments) {
    CommandLine line = new CommandLine(command);
    line.setOut(new PrintWriter(out, true));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private Path file(String name) {
    return folder.resolve("target/hakmem-trial").resolve(name);
  }

  @Test
  void aTrialThatWinsMeetsEveryCriterion() throws IOException {
    Path json = folder.resolve("new/trial.json");
    int exit = run(Map.of(), HotPaths::readFake, "--seeds", "42,7", "--json", json.toString());

    assertEquals(0, exit, out + "\n" + err);
    String text = out.toString();
    assertTrue(text.contains("ws 256"), text);
    assertTrue(text.contains("+400 %"), text);
    assertTrue(text.contains("\"free's push is the bottleneck\": HELD"), text);
    assertTrue(text.contains("the witnesses agree"), text);
    assertFalse(text.contains("not met"), text);
    assertTrue(text.lines().allMatch(line -> line.length() <= 80 || line.contains("/")), text);
    assertEquals("", err.toString(), "quiet where there is no terminal");
    assertTrue(Files.exists(file("recordings/ws256-direct.jfr")));
    String written = Files.readString(json);
    assertTrue(written.contains("\"answer\": \"held\""), written);
    assertEquals(32 + 16 + 21, count(written, "\"exitCode\": 0"), "every single run");
  }

  @Test
  void eachKindOfFailureIsToldApart() throws IOException {
    Map<String, String> modes =
        Map.of(
            "checked-scan 128", "garbage",
            "direct 512", "agent",
            "checked-scan 1024", "short",
            "direct 8192", "crash");
    int exit = run(modes, HotPaths::readFake, "--rows", "ws", "--quick");

    assertEquals(1, exit);
    String text = out.toString().replaceAll("\\s+", " ");
    assertTrue(text.contains("no throughput line: 'Throughput = many ops/s'"), text);
    assertTrue(text.contains("swap to direct was not proven: hakmem-agent: no such path"), text);
    assertTrue(text.contains("invalid: direct: the swap of 1 runs was not proven"), text);
    assertTrue(text.contains("it reports iter=1 ws=1024 instead of iter=10000000"), text);
    assertTrue(text.contains("exit code 134: SIGSEGV, as it were"), text);
    assertTrue(text.contains("stress 0 of 5, all other runs of direct 4 of 5"), text);
    assertTrue(text.contains("checked-scan runs 14 of 16"), text);
    assertTrue(text.contains("3 without valid figures; 4 of 8 rows ran"), text);
    assertTrue(text.contains("2. crash in release, or invalid frees: yes"), text);
    assertTrue(text.contains("3. debug breaks, or a check is missing: yes"), text);
    String log = Files.readString(file("logs/stress-ws8192-direct-seed42-1.err"));
    assertTrue(log.contains("first line of the trouble"), log);
  }

  @Test
  void childrenThatDoNotEndAreKilledAndTheTrialGivesUp() {
    int exit =
        run(
            Map.of("direct 256", "hang"),
            HotPaths::readFake,
            "--rows",
            "ws256",
            "--seeds",
            "1,2,3,4",
            "--timeout",
            "1");

    assertEquals(1, exit);
    assertTrue(out.toString().contains("Given up: 3 children did not end"), out.toString());
    assertTrue(out.toString().contains("did not end within 1 s"), out.toString());
  }

  @Test
  void aSwapThatWasNotProvenInvalidatesTheRow() {
    HotPathReader unproven =
        recording ->
            recording.toString().contains("direct")
                ? HotPaths.seen("direct", false, 0, 1000)
                : HotPaths.readFake(recording);
    int exit = run(Map.of(), unproven, "--rows", "ws256", "--quick");

    assertEquals(1, exit);
    String text = out.toString().replaceAll("\\s+", " ");
    assertTrue(
        text.contains("this row is invalid: direct: the swap to direct was not proven"), text);
  }

  @Test
  void theWrongPathInvalidatesTheRow() {
    HotPathReader wrong = recording -> HotPaths.seen("direct", true, 0, 1000);
    int exit = run(Map.of(), wrong, "--rows", "ws256", "--quick");

    assertEquals(1, exit);
    String text = out.toString().replaceAll("\\s+", " ");
    assertTrue(text.contains("the path that ran was direct, not checked-scan"), text);
    assertTrue(text.contains("P0 not met the checks work in debug"), text);
  }

  @Test
  void anUnreadableRecordingInvalidatesTheRow() {
    HotPathReader broken =
        recording -> {
          throw new RecordingException(recording, "cut off");
        };
    int exit = run(Map.of(), broken, "--rows", "ws256", "--quick");

    assertEquals(1, exit);
    assertTrue(out.toString().contains("cut off"), out.toString());
  }

  @Test
  void aTrialWithoutImprovementSaysToRevert() {
    HotPathReader even =
        recording ->
            recording.toString().contains("direct")
                ? HotPaths.seen("direct", true, 0, 1000)
                : HotPaths.seen("checked-scan", true, 50, 950);
    Map<PushPath, Long> same =
        Map.of(PushPath.CHECKED_SCAN, 100_000_000L, PushPath.DIRECT, 103_000_000L);
    int exit = run(same, Map.of(), even, "--quick");

    assertEquals(1, exit, "P0 asks for more than twice the checked scan");
    String text = out.toString().replaceAll("\\s+", " ");
    assertTrue(text.contains("\"free's push is the bottleneck\": FAILED"), text);
    assertTrue(text.contains("1. performance doesn't improve: yes"), text);
    assertTrue(text.contains("revert it. Hot under direct: application 100.0 %"), text);
  }

  @Test
  void theSecondTrialRemovesTheFilesOfTheFirst() throws IOException {
    run(Map.of(), HotPaths::readFake, "--rows", "ws128", "--quick");
    assertTrue(Files.exists(file("recordings/ws128-direct.jfr")));
    Files.writeString(file("recordings/notes.txt"), "mine");
    run(Map.of(), HotPaths::readFake, "--rows", "ws256", "--quick");

    assertFalse(Files.exists(file("recordings/ws128-direct.jfr")));
    assertTrue(Files.exists(file("recordings/notes.txt")), "not ours to delete");
  }

  @Test
  void wrongUsageExitsWithTwo() {
    List<String[]> wrong = new ArrayList<>();
    wrong.add(new String[] {"--rows", "ws3"});
    wrong.add(new String[] {"--rows", ""});
    wrong.add(new String[] {"--operations", "0"});
    wrong.add(new String[] {"--operations", "many"});
    wrong.add(new String[] {"--seeds", "1,1"});
    wrong.add(new String[] {"--seeds", "0"});
    wrong.add(new String[] {"--seeds", "-1"});
    wrong.add(new String[] {"--seeds", "1,two"});
    wrong.add(new String[] {"--seeds", "2147483648"});
    wrong.add(new String[] {"--rows", "ws128,,block"});
    wrong.add(new String[] {"--operations", "-5"});
    wrong.add(new String[] {"--operations", "9223372036854775808"});
    wrong.add(new String[] {"--throughput-regex", "("});
    wrong.add(new String[] {"--throughput-regex", "(x)"});
    wrong.add(new String[] {"--throughput-event", "a.B:c"});
    wrong.add(new String[] {"--rows", "ws128", "--", "java", "Main"});
    wrong.add(new String[] {"--operations", "9", "--", "java", "Main"});
    wrong.add(new String[] {"--", "ls"});
    wrong.add(new String[] {"--forks", "0"});
    wrong.add(new String[] {"--timeout", "0"});
    wrong.add(new String[] {"--json", folder.toString()});
    wrong.add(new String[] {"--what"});
    for (String[] arguments : wrong) {
      assertEquals(2, run(Map.of(), HotPaths::readFake, arguments), String.join(" ", arguments));
    }
    assertTrue(err.toString().contains("unknown row 'ws3': use ws128"), err.toString());
    assertTrue(err.toString().contains("add it behind --"), err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void missingJarsAreNamed() {
    EvaluateCommand command = new EvaluateCommand(folder, null, HotPaths::readFake);

    assertEquals(3, execute(command));
    assertTrue(err.toString().contains("allocator/target/hakmem-allocator.jar"), err.toString());
    assertTrue(err.toString().contains("hakmem-hotpath.jfc"), err.toString());
  }

  @Test
  void aBaselineThatIsMissingIsSaidAtOnce() {
    String file = folder.resolve("none.json").toString();
    assertEquals(3, run(Map.of(), HotPaths::readFake, "--baseline", file));
    assertEquals("hakmem evaluate: " + file + ": no such file\n", err.toString());
    assertEquals("", out.toString());
  }

  @Test
  void anOutputFolderThatCannotBeMadeIsSaidAtOnce() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertEquals(3, run(Map.of(), HotPaths::readFake, "--out", file.resolve("below").toString()));
    assertEquals(3, run(Map.of(), HotPaths::readFake, "--json", file.resolve("x.json").toString()));
    assertEquals("", out.toString());
  }

  private static int count(String text, String part) {
    return text.split(java.util.regex.Pattern.quote(part), -1).length - 1;
  }
}
