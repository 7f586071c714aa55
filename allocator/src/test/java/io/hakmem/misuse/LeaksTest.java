package io.hakmem.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Live blocks of {@link LeakyProgram} by allocation stack: on demand, at close and at exit. */
class LeaksTest {

  private static final List<String> GROUPS =
      List.of(
          "3000017 1 leakMapped false",
          "1000018 2 leakSpans false",
          "400009 1 leakAlignedSpan false",
          "5003 1 leakMedium false",
          "303 3 leakTiny false",
          "211 1 leakAligned false",
          "13 1 leakYoungest true");

  private static final long BYTES = 4_405_574;

  @TempDir static Path folder;

  private static List<String> lines = List.of();
  private static String output = "";
  private static List<RecordedEvent> events = List.of();

  @BeforeAll
  static void run() throws Exception {
    Path recording = folder.resolve("leaks.jfr");
    ChildJvm.Result result =
        SwappedJvm.run(
            folder,
            "checked",
            LeakyProgram.class,
            List.of(
                "-Dhakmem.checked.stacks=1",
                "-Dhakmem.checked.leaks=exit",
                "-XX:StartFlightRecording:settings=none,io.hakmem.LeakSuspect#enabled=true,filename="
                    + recording));
    assertEquals(0, result.exitCode(), result.output());
    lines = result.lines();
    output = result.output();
    events =
        RecordingFile.readAllEvents(recording).stream()
            .filter(event -> event.getEventType().getName().equals("io.hakmem.LeakSuspect"))
            .toList();
  }

  @Test
  void onDemandBiggestFirstWithoutWhatIsExemptOrFreed() {
    List<String> groups =
        lines.stream().filter(line -> line.startsWith("group ")).map(l -> l.substring(6)).toList();
    assertEquals(GROUPS, groups, output);
  }

  @Test
  void theTableNamesPlacesAndMarksTheYoungest() {
    List<String> table = table("bytes", 0);
    assertTrue(table.get(1).strip().startsWith("3,000,017            1"), output);
    assertTrue(table.get(1).contains("LeakyProgram.leakMapped("), output);
    List<String> starred = table.stream().filter(line -> line.contains(" * ")).toList();
    assertEquals(1, starred.size(), output);
    assertTrue(starred.getFirst().contains("LeakyProgram.leakYoungest("), output);
    assertTrue(table.getLast().strip().matches("4,405,574 +10 +7 places"), output);
  }

  @Test
  void closeSaysTheSameAndIsSilentWhereNothingIsLeft() {
    int at = lines.indexOf("hakmem: live at close():");
    assertTrue(at > 0, output);
    assertEquals(at, lines.lastIndexOf("hakmem: live at close():"), output);
    assertEquals(table("bytes", 0), table("bytes", at), output);
  }

  @Test
  void exitNamesTheBlocksWithoutStack() {
    int at = lines.indexOf("hakmem: live at exit:");
    assertTrue(at > 0, output);
    List<String> table = table("bytes", at);
    assertEquals(3, table.size(), output);
    assertTrue(
        table
            .get(1)
            .strip()
            .matches("4,405,574 +10 +no stack: none are kept \\(hakmem.checked.stacks=0\\)"),
        output);
  }

  @Test
  void eachGroupIsAnEvent() {
    assertEquals(GROUPS.size() + 1, events.size(), events.toString());
    for (int i = 0; i < GROUPS.size(); i++) {
      RecordedEvent event = events.get(i);
      String stack = event.getString("allocatedAt");
      String place = stack.lines().findFirst().orElse("").replaceAll(".*\\.(\\w+)\\(.*", "$1");
      assertEquals(
          GROUPS.get(i),
          event.getLong("bytes")
              + " "
              + event.getLong("blocks")
              + " "
              + place
              + " "
              + event.getBoolean("youngest"));
      assertTrue(stack.contains("LeakyProgram.main("), stack);
    }
    RecordedEvent atExit = events.getLast();
    assertEquals(BYTES, atExit.getLong("bytes"));
    assertEquals(10, atExit.getLong("blocks"));
    assertEquals("", atExit.getString("allocatedAt"));
    assertFalse(atExit.getBoolean("youngest"));
  }

  /** The table that comes next: from its heading to the line of its sums. */
  private static List<String> table(String heading, int from) {
    int first = from;
    while (!lines.get(first).strip().startsWith(heading)) {
      first++;
    }
    int last = first;
    while (!lines.get(last).endsWith(" places")) {
      last++;
    }
    return lines.subList(first, last + 1);
  }
}
