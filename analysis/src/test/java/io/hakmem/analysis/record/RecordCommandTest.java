package io.hakmem.analysis.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.trial.Checkout;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What is refused before anything runs; {@link RecordIT} has what runs. */
class RecordCommandTest {

  @TempDir Path folder;

  private final StringWriter err = new StringWriter();
  private String file = "";

  /** A checkout with two profiles and no jars. */
  @BeforeEach
  void prepare() throws IOException {
    file = folder.resolve("x.jfr").toString();
    Checkout checkout = new Checkout(folder);
    Files.createDirectories(checkout.profiles());
    for (String name : new String[] {"hotpath", "production"}) {
      Files.writeString(
          checkout.profile(name),
          "<?xml version=\"1.0\"?><configuration version=\"2.0\" label=\"x\"/>");
    }
  }

  private int run(String... arguments) {
    CommandLine line = new CommandLine(new RecordCommand(new Checkout(folder)));
    line.setErr(new PrintWriter(err, true));
    return line.execute(arguments);
  }

  private void isUsage(String message, String... arguments) {
    assertEquals(2, run(arguments), err.toString());
    assertTrue(err.toString().contains(message), err.toString());
  }

  @Test
  void nothingToRun() {
    isUsage("Missing required parameter");
  }

  @Test
  void anUnknownProfileListsTheOthers() {
    isUsage("no profile 'x'; there are hotpath, production,", "--profile", "x", "--", "java");
  }

  @Test
  void aProfileThatIsNone() throws IOException {
    Path other = Files.writeString(folder.resolve("other.jfc"), "not XML");
    isUsage("other.jfc cannot be read", "--profile", other.toString(), "--", "java");
  }

  @Test
  void anUnknownPushPathListsTheOthers() {
    isUsage("no push path 'fast'; there are checked,", "--push", "fast", "--", "java");
  }

  @Test
  void aMaxsizeThatIsNone() {
    isUsage("--maxsize is no size: 'much'", "--maxsize", "much", "-o", file, "--", "java");
  }

  @Test
  void neitherWorkloadNorJava() {
    isUsage("expected the name of a workload or a java command", "-o", file, "--", "./run.sh");
  }

  @Test
  void aRecordingInsideOfTheRecording() {
    isUsage(
        "-XX:StartFlightRecording of its own",
        "-o",
        file,
        "--",
        "java",
        "-XX:StartFlightRecording");
  }

  @Test
  void anExistingFileIsKept() throws IOException {
    Files.writeString(Path.of(file), "precious");
    isUsage("x.jfr exists; --force overwrites it", "-o", file, "--", "random-mixed");
    assertEquals("precious", Files.readString(Path.of(file)));
  }

  @Test
  void aFolderIsNoFile() {
    isUsage("is a folder", "--force", "-o", folder.toString(), "--", "random-mixed");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void aDeviceIsNoFile() {
    isUsage("/dev/full is no regular file", "--force", "-o", "/dev/full", "--", "random-mixed");
    assertTrue(Files.exists(Path.of("/dev/full")));
  }

  @Test
  void aFolderThatIsMissing() {
    isUsage(
        "no folder that can be written to",
        "-o",
        folder.resolve("no/x.jfr").toString(),
        "--",
        "random-mixed");
  }

  @Test
  void aJavaThatIsMissing() {
    isUsage("cannot run ./no/java: ", "-o", file, "--", "./no/java", "Main");
  }

  /** Before the old recording is gone. */
  @Test
  void anUnbuiltCheckoutIsNoUsage() throws IOException {
    Files.writeString(Path.of(file), "precious");
    assertEquals(3, run("--force", "-o", file, "--push", "direct", "--", "random-mixed"));
    assertTrue(err.toString().contains("missing " + new Checkout(folder).agent()), err.toString());
    assertEquals("precious", Files.readString(Path.of(file)));
  }
}
