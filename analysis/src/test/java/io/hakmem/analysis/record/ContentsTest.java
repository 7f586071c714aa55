package io.hakmem.analysis.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import io.hakmem.analysis.recording.RecordingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentsTest {

  @TempDir static Path folder;

  private static Path whole = Path.of("");

  @BeforeAll
  static void record() throws Exception {
    whole = Recorded.recordBare(folder.resolve("whole.jfr"), () -> Recorded.emitAll());
  }

  private static Path file(String name, byte[] content) throws IOException {
    return Files.write(folder.resolve(name), content);
  }

  private static void isRefused(Path file, String why) {
    RecordingException refusal =
        assertThrows(RecordingException.class, () -> Contents.read(file), why);
    assertTrue(String.valueOf(refusal.getMessage()).contains(why), refusal.toString());
  }

  @Test
  void aWholeRecordingIsCounted() throws Exception {
    Contents contents = Contents.read(whole);
    assertEquals(Files.size(whole), contents.bytes());
    assertEquals((long) Recorded.HITS, contents.ours().get("FastPathHit"));
    String text = ReportText.render("random-mixed", 7, whole, contents, contents.start());
    assertTrue(text.contains("random-mixed, which ended with exit code 7."), text);
    assertTrue(text.contains("1,009 FastPathHit"), text);
    assertTrue(text.contains("CPU samples  none"), text);
    assertTrue(text.contains("./hakmem analyze " + whole), text);
    assertTrue(!text.contains("--maxsize"), text);
  }

  @Test
  void whatAnotherRecordingBroughtIsTold() throws Exception {
    Contents contents =
        new Contents(
            1,
            new TreeMap<>(Map.of("jdk.JVMInformation", 1L, "a.B", 2L)),
            List.of(),
            0,
            Instant.now());
    assertEquals(Set.of("jdk.JVMInformation"), contents.unasked(Set.of("jdk.CPULoad")));
    assertEquals(Set.of(), contents.unasked(Set.of("jdk.JVMInformation")));
    String text = ReportText.unasked(contents.unasked(Set.of()));
    assertTrue(text.contains("another recording ran in the same JVM"), text);
    assertTrue(text.contains("jdk.JVMInformation; look"), text);
    assertEquals("", ReportText.unasked(new TreeSet<>()));
  }

  @Test
  void aBeginningThatIsMissingIsTold() throws Exception {
    Contents contents = Contents.read(whole);
    Instant hourBefore = contents.start().minusSeconds(3600);
    assertTrue(ReportText.render("x", 0, whole, contents, hourBefore).contains("beyond --maxsize"));
  }

  @Test
  void theNextCommandCanBePasted() throws Exception {
    String text =
        ReportText.render("x", 0, Path.of("it's mine.jfr"), Contents.read(whole), Instant.now());
    assertTrue(text.contains("./hakmem analyze 'it'\\''s mine.jfr'"), text);
  }

  @Test
  void whatIsNoWholeRecordingIsRefused() throws Exception {
    byte[] bytes = Files.readAllBytes(whole);
    isRefused(folder.resolve("missing.jfr"), "no such file");
    isRefused(file("empty.jfr", new byte[0]), "is empty");
    isRefused(file("text.jfr", new byte[] {1, 2, 3, 4}), "is no JFR recording");
    isRefused(file("half.jfr", Arrays.copyOf(bytes, bytes.length / 2)), "is cut off: chunk 1");
    byte[] more = Arrays.copyOf(bytes, bytes.length + bytes.length / 2);
    System.arraycopy(bytes, 0, more, bytes.length, bytes.length / 2);
    isRefused(file("more.jfr", more), "is cut off: chunk 2");
  }

  @Test
  void lostDataIsRefused() throws Exception {
    isRefused(
        Recorded.recordBare(folder.resolve("lost.jfr"), () -> new LostData(4096).commit()),
        "Flight Recorder lost 4096 bytes in 1 places");
  }
}
