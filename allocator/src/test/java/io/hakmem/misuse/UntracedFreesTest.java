package io.hakmem.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hakmem.ChildJvm;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A trace has what was done: a free that was refused was not. */
class UntracedFreesTest {

  private static final char ALIGN = 0xC6;
  private static final int ADDRESS_BYTES = 6;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"guarded, throw", "guarded, report", "checked, throw", "checked, report"})
  void onlyWhatWasPerformedIsTraced(String path, String policy) throws Exception {
    Path file = folder.resolve("trace.jfr");
    boolean checked = path.equals("checked");
    ChildJvm.Result result =
        SwappedJvm.run(
            folder,
            path,
            UntracedFrees.class,
            List.of("-Dhakmem.onInvalid=" + policy, "-Dhakmem.checked.leaks=off"),
            file.toString(),
            String.valueOf(checked));
    assertEquals(0, result.exitCode(), result.output());

    List<RecordedEvent> all = RecordingFile.readAllEvents(file);
    List<RecordedEvent> traced = named(all, "io.hakmem.OperationTrace");
    assertEquals(said(result, "refused"), named(all, "io.hakmem.InvalidFree").size());
    assertEquals(said(result, "performed"), operations(traced), result.output());
    // Also those of blocks that the path holds back.
    long large =
        named(all, "io.hakmem.SlowPathFallback").stream()
            .filter(event -> event.getString("reason").equals("notTiny"))
            .filter(event -> event.getString("operation").equals("free"))
            .count();
    assertEquals(said(result, "large"), large, result.output());

    // The allocation of the aligned block, and its free where that was not refused.
    assertEquals(checked ? 1 : 2, alignments(traced, said(result, "aligned")), result.output());
  }

  private static List<RecordedEvent> named(List<RecordedEvent> events, String name) {
    return events.stream().filter(e -> e.getEventType().getName().equals(name)).toList();
  }

  private static long said(ChildJvm.Result result, String name) {
    return result.lines().stream()
        .filter(line -> line.startsWith(name + ": "))
        .mapToLong(line -> Long.parseLong(line.substring(name.length() + 2)))
        .findFirst()
        .orElseThrow(() -> new AssertionError(result.output()));
  }

  private static long operations(List<RecordedEvent> traced) {
    return traced.stream()
        .mapToLong(event -> event.getInt("operations") - event.getInt("repeatedOperations"))
        .sum();
  }

  /** How often a block is said to be an aligned one's. */
  private static long alignments(List<RecordedEvent> traced, long block) {
    StringBuilder record = new StringBuilder().append(ALIGN);
    for (int i = 0; i < ADDRESS_BYTES; i++) {
      record.append((char) (block >> (Byte.SIZE * i) & 0xFF));
    }
    long found = 0;
    for (RecordedEvent event : traced) {
      if (event.getInt("repeatedOperations") > 0) {
        continue;
      }
      String data = event.getString("data");
      for (int at = data.indexOf(record.toString()); at >= 0; ) {
        found++;
        at = data.indexOf(record.toString(), at + 1);
      }
    }
    return found;
  }
}
