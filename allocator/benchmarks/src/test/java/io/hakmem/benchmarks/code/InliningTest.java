package io.hakmem.benchmarks.code;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedObject;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What C2 inlined when it last compiled the driver's loop, as Flight Recorder has it. */
class InliningTest {

  private static final String LOOP = "io.hakmem.benchmarks.driver.RandomMixed::burst";

  /** From the driver's call to the memory access: the peer, the API, the seam, the path. */
  private static final Set<String> NEEDED =
      Set.of(
          "io.hakmem.benchmarks.peer.AddressPeer::isFilled",
          "io.hakmem.benchmarks.peer.AddressPeer::allocate",
          "io.hakmem.benchmarks.peer.AddressPeer::free",
          "io.hakmem.thread.FreePath::header",
          "io.hakmem.thread.FreePath::push",
          "io.hakmem.thread.FreePath::pop",
          "io.hakmem.thread.DirectPush::header",
          "io.hakmem.thread.DirectPush::push",
          "io.hakmem.thread.DirectPush::pop",
          "io.hakmem.thread.FreeList::pop");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"hakmem", "hakmem-handle"})
  void seamAndPushAreInlinedIntoTheLoop(String peer) throws IOException, InterruptedException {
    Path recording = folder.resolve(peer + ".jfr");
    Child.java(
        "",
        List.of(
            "-Xbatch",
            "-XX:StartFlightRecording:settings=none,+jdk.CompilerInlining#enabled=true,"
                + "+jdk.Compilation#enabled=true,+jdk.Compilation#threshold=0ms,filename="
                + recording,
            "-Xlog:jfr+startup=error",
            "io.hakmem.benchmarks.driver.Driver",
            peer,
            "random-mixed",
            "1000000"));
    List<RecordedEvent> events = RecordingFile.readAllEvents(recording);
    int compileId = lastCompileOfLoop(events);
    Set<String> inlined = callees(events, compileId, true);
    Set<String> missing = new TreeSet<>(NEEDED);
    missing.removeAll(inlined);
    assertEquals(Set.of(), missing, () -> "not inlined: of " + inlined);
    Set<String> refused = callees(events, compileId, false);
    refused.retainAll(NEEDED);
    assertEquals(Set.of(), refused, "inlined at one call and not at another");
  }

  private static int lastCompileOfLoop(List<RecordedEvent> events) {
    List<Integer> ids =
        events.stream()
            .filter(event -> event.getEventType().getName().equals("jdk.Compilation"))
            .filter(event -> "c2".equals(event.getString("compiler")))
            .filter(event -> event.getBoolean("succeded"))
            .filter(event -> !event.getBoolean("isOsr"))
            .filter(event -> nameOf(event.getValue("method")).equals(LOOP))
            .map(event -> event.getInt("compileId"))
            .sorted()
            .toList();
    boolean hasC2 =
        events.stream()
            .anyMatch(e -> e.hasField("compiler") && "c2".equals(e.getString("compiler")));
    assumeTrue(hasC2, "skipped: this JVM has no C2");
    assertFalse(ids.isEmpty(), "C2 never compiled " + LOOP);
    return ids.getLast();
  }

  private static Set<String> callees(List<RecordedEvent> events, int compileId, boolean inlined) {
    return events.stream()
        .filter(event -> event.getEventType().getName().equals("jdk.CompilerInlining"))
        .filter(event -> event.getInt("compileId") == compileId)
        .filter(event -> event.getBoolean("succeeded") == inlined)
        .map(event -> calleeOf(event.getValue("callee")))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String nameOf(RecordedObject method) {
    RecordedObject type = method.getValue("type");
    return type.getString("name").replace('/', '.') + "::" + method.getString("name");
  }

  private static String calleeOf(RecordedObject callee) {
    return callee.getString("type").replace('/', '.') + "::" + callee.getString("name");
  }
}
