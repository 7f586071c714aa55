package io.hakmem.analysis.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.trial.Checkout;
import io.hakmem.analysis.trial.JavaWords;
import io.hakmem.analysis.trial.PushPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChildCommandTest {

  @TempDir Path folder;

  private static final Checkout CHECKOUT = new Checkout(Path.of("some checkout"));
  private static final List<String> FLAGS =
      Checkout.recordingFlags(Path.of("p.jfc"), Path.of("x.jfr"), "2g");

  private static List<String> child(PushPath push, String... words) {
    return new ChildCommand(CHECKOUT, List.of(words)).words(push, FLAGS);
  }

  private static List<String> child(String... words) {
    return new ChildCommand(CHECKOUT, List.of(words)).words(null, FLAGS);
  }

  @Test
  void flagsComeDirectlyAfterJava() {
    List<String> command = child(PushPath.DIRECT, "/opt/jdk/bin/java", "-jar", "a.jar", "-x");
    assertEquals("/opt/jdk/bin/java", command.getFirst());
    assertEquals(
        List.of("-jar", "a.jar", "-x"), command.subList(command.size() - 3, command.size()));
    assertTrue(command.containsAll(FLAGS), command.toString());
    assertTrue(command.contains("-javaagent:" + CHECKOUT.agent() + "=push=direct"));
  }

  @Test
  void aBareJavaIsOurJdks() {
    assertEquals(Checkout.java().toString(), child("java", "Main").getFirst());
    assertEquals("./java", child("./java", "Main").getFirst());
  }

  @Test
  void withoutAPushPathThereIsNoAgent() {
    assertFalse(child("java", "Main").stream().anyMatch(word -> word.startsWith("-javaagent")));
    assertEquals(
        List.of(), new ChildCommand(CHECKOUT, List.of("java", "Main")).missing(null), "no jar");
  }

  @Test
  void aWorkloadRunsFromTheBuiltJars() {
    List<String> command = child("random-mixed", "1000", "256");
    assertEquals(
        List.of(
            "-cp",
            CHECKOUT.classPath(),
            "io.hakmem.benchmarks.Main",
            "random-mixed",
            "1000",
            "256"),
        command.subList(command.size() - 6, command.size()));
    assertEquals(
        List.of(CHECKOUT.agent(), CHECKOUT.allocator(), CHECKOUT.benchmarks()),
        new ChildCommand(CHECKOUT, List.of("random-mixed")).missing(PushPath.DIRECT));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "java -XX:StartFlightRecording Main",
        "java -cp a.jar -XX:StartFlightRecording:filename=x.jfr Main",
        "/usr/bin/java -ea @args --add-modules x -XX:StartFlightRecording=duration=1s -jar a.jar"
      })
  void aRecordingOfTheUsersOwnIsRefused(String line) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> child(line.split(" ", -1)));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("-XX:StartFlightRecording of its own"),
        refusal.toString());
  }

  @Test
  void oneInAnArgumentFileOrTheEnvironmentIsRefusedToo() throws IOException {
    Path flags = Files.writeString(folder.resolve("flags"), "-ea\n-XX:StartFlightRecording\n");
    assertThrows(IllegalArgumentException.class, () -> child("java", "@" + flags, "Main"));
    Path others = Files.writeString(folder.resolve("others"), "# -XX:StartFlightRecording\n");
    assertEquals("Main", child("java", "@" + others, "Main").getLast());
    for (String variable : List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")) {
      IllegalArgumentException refusal =
          assertThrows(
              IllegalArgumentException.class,
              () ->
                  JavaWords.refuseSecondRecording(
                      Map.of(variable, "-ea -XX:StartFlightRecording:filename=x.jfr")));
      assertTrue(String.valueOf(refusal.getMessage()).contains(variable), refusal.toString());
    }
    JavaWords.refuseSecondRecording(Map.of("JAVA_TOOL_OPTIONS", "-ea"));
  }

  @Test
  void aJavaThatIsTooOldIsRefused() throws IOException {
    Path java = folder.resolve("bin/java");
    Files.createDirectories(folder.resolve("bin"));
    Files.writeString(java, "");
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"17.0.2\"\n");
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> child(java.toString(), "Main"));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("is of JDK 17; the allocator and its agent"),
        refusal.toString());
    Files.writeString(folder.resolve("release"), "JAVA_VERSION=\"25\"\n");
    assertEquals(java.toString(), child(java.toString(), "Main").getFirst());
    Files.delete(folder.resolve("release"));
    assertEquals(java.toString(), child(java.toString(), "Main").getFirst());
  }

  /** Arguments of the program are not the JVM's. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "java Main -XX:StartFlightRecording",
        "java -cp -XX:StartFlightRecording Main",
        "java -jar a.jar -XX:StartFlightRecording"
      })
  void whatOnlyLooksLikeOneIsLeftAlone(String line) {
    List<String> words = List.of(line.split(" ", -1)).subList(1, line.split(" ", -1).length);
    List<String> command = child(line.split(" ", -1));
    assertEquals(words, command.subList(command.size() - words.size(), command.size()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"./run.sh", "Main", "", "-jar", "a.jar"})
  void otherProgramsAreRefused(String word) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> child(word, "1"));
    assertTrue(
        String.valueOf(refusal.getMessage()).contains("a workload or a java command"),
        refusal.toString());
  }

  @Test
  void namesOfFilesMayHoldWhatFlightRecorderSplitsAt() {
    List<String> flags =
        Checkout.recordingFlags(Path.of("a, b.jfc"), Path.of("50%, c.jfr"), "500m");
    assertEquals(
        "-XX:StartFlightRecording:settings=\"a, b.jfc\",filename=\"50%%, c.jfr\",maxsize=500m",
        flags.getLast());
  }
}
