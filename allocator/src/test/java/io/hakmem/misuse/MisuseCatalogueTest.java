package io.hakmem.misuse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.ChildJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every program of the catalogue in a child JVM with a recording: which kind is said, with which
 * stacks, and with which event. With {@code -Dhakmem.test.isolated=true} each has a JVM of its own;
 * else {@value #PER_JVM} share one.
 */
class MisuseCatalogueTest {

  private static final int PER_JVM = 18;

  private static final List<String> KINDS_WITH_FREE = List.of("doubleFree", "writeAfterFree");

  @TempDir static Path folder;

  private static final Map<String, Said> SAID = new ConcurrentHashMap<>();
  private static final Map<String, List<RecordedEvent>> EVENTS = new ConcurrentHashMap<>();

  @BeforeAll
  static void runAll() throws Exception {
    Seams.write(folder.resolve("checked"), "CheckedPush");
    List<String> names = List.copyOf(Misuses.all().keySet());
    int perJvm = Boolean.getBoolean("hakmem.test.isolated") ? 1 : PER_JVM;
    for (int from = 0; from < names.size(); from += perJvm) {
      runSome(names.subList(from, Math.min(names.size(), from + perJvm)));
    }
  }

  private static void runSome(List<String> names) throws Exception {
    Path recording = folder.resolve("recording.jfr");
    ChildJvm.Result result =
        SwappedJvm.run(
            folder,
            "checked",
            Misuses.class,
            List.of(
                "-Dhakmem.checked.stacks=1",
                "-Dhakmem.checked.leaks=off",
                "-XX:StartFlightRecording:settings=none,io.hakmem.InvalidFree#enabled=true,filename="
                    + recording),
            names.toArray(String[]::new));
    assertEquals(0, result.exitCode(), result.output());
    SAID.putAll(Said.parse(result.lines()));
    List<RecordedEvent> events =
        RecordingFile.readAllEvents(recording).stream()
            .filter(event -> event.getEventType().getName().equals("io.hakmem.InvalidFree"))
            .toList();
    Files.delete(recording);
    names.forEach(name -> EVENTS.put(name, events));
  }

  @TestFactory
  Stream<DynamicTest> theCheckedPathSaysWhatIsWrong() {
    return Misuses.all().entrySet().stream()
        .map(entry -> DynamicTest.dynamicTest(entry.getKey(), () -> check(entry.getKey())));
  }

  private static void check(String name) {
    Misuses.Entry entry = Misuses.entry(name);
    Said said = said(name);
    assertEquals(entry.kind(), said.kind(), said.toString());
    assertMethod("wrong|UntilCaught$", said.thrower(), said);
    if (entry.stacks()) {
      assertMethod("Here$", said.firstFrame("allocated by "), said);
    }
    if (entry.stacks() && KINDS_WITH_FREE.contains(entry.kind())) {
      assertMethod(
          "freeHere$|reallocateHere$|wrongFree$", said.firstFrame("first freed by "), said);
    }
    checkEvent(event(name), said);
  }

  private static void assertMethod(String pattern, String frame, Said said) {
    String prefix = Misuses.class.getName() + ".";
    boolean named =
        frame.startsWith(prefix)
            && java.util.regex.Pattern.compile(pattern)
                .matcher(frame.substring(prefix.length()))
                .find();
    assertTrue(named, () -> frame + " is not " + pattern + " of\n" + said);
  }

  private static Said said(String name) {
    Said said = SAID.get(name);
    if (said == null) {
      throw new AssertionError("nothing said about " + name);
    }
    return said;
  }

  /** The event of the program's exception: the one that has its address, kind and stacks. */
  private static RecordedEvent event(String name) {
    Said said = said(name);
    return EVENTS.getOrDefault(name, List.of()).stream()
        .filter(event -> event.getLong("address") == said.address())
        .filter(event -> event.getString("kind").equals(said.kind()))
        .filter(event -> event.getString("allocatedAt").equals(said.block("allocated by ")))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no event like " + said));
  }

  private static void checkEvent(RecordedEvent event, Said said) {
    String first = said.message().getFirst();
    assertTrue(
        first.contains("0x%x (header 0x%02x".formatted(said.address(), event.getInt("header"))),
        first);
    assertEquals("checked", event.getString("freePath"));
    assertEquals(said.block("first freed by "), event.getString("freedAt"));
    boolean thrownThere =
        event.getStackTrace().getFrames().stream()
            .anyMatch(frame -> said.thrower().endsWith("Misuses." + frame.getMethod().getName()));
    assertTrue(thrownThere, () -> event + "\n" + said);
  }

  /** Kind, header, size class and requested size of one program for each kind. */
  @Test
  void theEventsOfEachKindSayWhichBlock() {
    assertEvent("double free tiny", 0x56, 6, 100);
    assertEvent("double free medium", 0x45, 21, 5_000);
    assertEvent("double free mapped", 0xD0, -1, 3_000_000);
    assertEvent("free of a wild address", 0, -1, -1);
    assertEvent("free inside a block that looks like a header", 0xA3, 6, 100);
    assertEvent("free inside a block that looks like a span", 0xC0, 6, 100);
    assertEvent("free at an odd address", 7, 6, 100);
    assertEvent("header overwritten", 0x33, 6, 100);
    assertEvent("one byte too many tiny", 0xA5, 5, 93);
    assertEvent("one byte too many span", 0xC0, -1, 500_000);
    assertEvent("write after free at byte 40", 0x55, 5, 91);
    assertEvent("write after free, span", 0xC0, -1, 500_000);
    assertEvent("wrong size given to free", 0xA6, 6, 100);
    assertEvent("free of a closed allocator's block", 0, 6, 100);
  }

  private static void assertEvent(String name, int header, int sizeClass, long requested) {
    RecordedEvent event = event(name);
    String said = "%s %x %d %d";
    assertEquals(
        said.formatted(Misuses.entry(name).kind(), header, sizeClass, requested),
        said.formatted(
            event.getString("kind"),
            event.getInt("header"),
            event.getInt("sizeClass"),
            event.getLong("requestedSize")),
        name);
  }

  @Test
  void theCatalogueIsLarge() {
    assertTrue(Misuses.all().size() >= 40, () -> Misuses.all().size() + " programs");
  }

  /** What one byte of state can tell; the first free went through the same path. */
  @Test
  void theGuardedPathSeesItsShare() throws Exception {
    Map<String, String> share =
        Map.of(
            "double free tiny", "doubleFree",
            "double free medium", "doubleFree",
            "double free in another thread", "doubleFree",
            "double free with others between", "doubleFree",
            "double free aligned", "doubleFree",
            "double free after the block went to the central list", "doubleFree",
            "double free of a segment", "doubleFree",
            "header overwritten", "headerDamaged",
            "header of a span overwritten", "headerDamaged");
    List<String> names = new ArrayList<>(share.keySet());
    ChildJvm.Result result =
        SwappedJvm.run(folder, "guarded", Misuses.class, List.of(), names.toArray(String[]::new));
    assertEquals(0, result.exitCode(), result.output());
    Map<String, String> kinds = new TreeMap<>();
    Said.parse(result.lines()).forEach((name, said) -> kinds.put(name, said.kind()));
    assertEquals(new TreeMap<>(share), kinds);
  }
}
