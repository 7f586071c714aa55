package io.hakmem.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.ChildJvm;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What follows misuse: report goes on without the block, halt ends the JVM; both have events. */
class PoliciesTest {

  private static final String LINE = "hakmem: invalid free of 0x";
  private static final Pattern UNSAID = Pattern.compile("\\((\\d+) before it were not printed\\)");

  @TempDir Path folder;

  private ChildJvm.Result run(String policy, Class<?> main, List<String> names) throws Exception {
    return SwappedJvm.run(
        folder,
        "checked",
        main,
        List.of(
            "-Dhakmem.onInvalid=" + policy,
            "-Dhakmem.checked.leaks=off",
            "-Dhakmem.checked.sweep=0",
            "-XX:StartFlightRecording:settings=none,io.hakmem.InvalidFree#enabled=true,filename="
                + folder.resolve("policy.jfr")),
        names.toArray(String[]::new));
  }

  private List<RecordedEvent> events() throws Exception {
    return RecordingFile.readAllEvents(folder.resolve("policy.jfr")).stream()
        .filter(event -> event.getEventType().getName().equals("io.hakmem.InvalidFree"))
        .toList();
  }

  @Test
  void aReportedBlockIsNeverUsedAgainAndLinesAreFew() throws Exception {
    ChildJvm.Result result = run("report", ReportedProgram.class, List.of());
    assertEquals(0, result.exitCode(), result.output());
    int misuses = 4 * 5 + ReportedProgram.MANY + 1;
    assertEquals("misuses: " + misuses, result.lines().getLast(), result.output());
    assertEquals(misuses, events().size());

    List<String> lines = result.lines().stream().filter(line -> line.startsWith(LINE)).toList();
    assertTrue(lines.size() < ReportedProgram.MANY / 2, () -> lines.size() + " lines");
    int unsaid = 0;
    for (String line : lines) {
      Matcher matcher = UNSAID.matcher(line);
      unsaid += matcher.find() ? Integer.parseInt(matcher.group(1)) : 0;
    }
    assertEquals(misuses, lines.size() + unsaid, result.output());
  }

  /** The whole catalogue: each program goes on to its end, and each has made its event. */
  @Test
  void everyKindIsReportedOnce() throws Exception {
    List<String> names = new ArrayList<>(Misuses.all().keySet());
    names.remove("two threads free one block");
    ChildJvm.Result result = run("report", Misuses.class, names);
    assertEquals(0, result.exitCode(), result.output());
    assertEquals(names.size(), Said.parse(result.lines()).size(), result.output());

    Map<String, Integer> expected = new TreeMap<>();
    names.forEach(name -> expected.merge(Misuses.entry(name).kind(), 1, Integer::sum));
    // Of the blocks of one program nine are written to; an exception ends it at the first.
    expected.merge("writeAfterFree", 8, Integer::sum);
    Map<String, Integer> seen = new TreeMap<>();
    events().forEach(event -> seen.merge(event.getString("kind"), 1, Integer::sum));
    assertEquals(expected, seen, result.output());
  }

  @ParameterizedTest
  @ValueSource(strings = {"double free tiny", "one byte too many span", "free of a wild address"})
  void haltEndsTheJvmAndItsRecordingSaysWhy(String name) throws Exception {
    ChildJvm.Result result = run("halt", Misuses.class, List.of(name, "free at an odd address"));
    assertEquals(86, result.exitCode(), result.output());
    assertTrue(result.output().contains(LINE), result.output());
    assertTrue(result.output().contains("halted here"), result.output());
    List<String> kinds = events().stream().map(event -> event.getString("kind")).toList();
    assertEquals(List.of(Misuses.entry(name).kind()), kinds);
  }
}
