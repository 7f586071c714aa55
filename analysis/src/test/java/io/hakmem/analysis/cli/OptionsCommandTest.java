package io.hakmem.analysis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** A real allocator prints its options in a child process. */
class OptionsCommandTest {

  @TempDir static Path home;

  private record Run(int code, String out, String err) {}

  /** Tests run on the allocator's jar or its classes; the command wants the jar at its place. */
  @BeforeAll
  static void putTheAllocatorInItsPlace() throws Exception {
    Path built = Path.of(Hakmem.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path jar = home.resolve("allocator/target/hakmem-allocator.jar");
    Files.createDirectories(jar.getParent());
    if (Files.isRegularFile(built)) {
      Files.copy(built, jar);
    } else {
      ToolProvider tool = ToolProvider.findFirst("jar").orElseThrow();
      String[] arguments = {"--create", "--file", jar.toString(), "-C", built.toString(), "."};
      assertEquals(0, tool.run(System.out, System.err, arguments));
    }
  }

  private static Run options(Path checkout, String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new OptionsCommand(checkout))
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Run(code, out.toString(), err.toString());
  }

  @Test
  void printsOptionsAndClasses() {
    Run run = options(home);
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().contains("hakmem.decay"), run.out());
    assertTrue(run.out().contains("HAKMEM_DECAY"), run.out());
    assertTrue(run.out().contains("C31"), run.out());
  }

  @Test
  void whatIsSetIsTheValue() {
    Run run = options(home, "--set", "hakmem.limit=2g", "--set", "hakmem.decay=77");
    assertEquals(0, run.code(), run.err());
    assertTrue(run.out().lines().anyMatch(l -> l.matches("hakmem.limit .* 2147483648 .*")));
    assertTrue(run.out().lines().anyMatch(l -> l.matches("hakmem.decay .* 77 .*")), run.out());
  }

  @Test
  void aBadValueIsOneLineWithNameValueAndExpectation() {
    Run run = options(home, "--set", "hakmem.decay=soon");
    assertEquals(2, run.code());
    assertEquals("", run.out());
    assertTrue(run.err().contains("hakmem: hakmem.decay=soon is not valid: expected a whole"));
    assertTrue(run.err().lines().noneMatch(line -> line.contains("\tat ")), run.err());
  }

  @Test
  void namesThatTheAllocatorDoesNotKnowAreRefused() {
    Run unknown = options(home, "--set", "hakmem.limits=2g");
    assertEquals(2, unknown.code());
    assertEquals("hakmem: hakmem.limits is no option of the allocator\n", unknown.err());
    Run foreign = options(home, "--set", "java.home=x");
    assertEquals(2, foreign.code());
    assertTrue(foreign.err().contains("--set java.home: expected a name that starts with hakmem."));
    assertEquals(2, options(home, "--set", "hakmem.limit").code());
    assertEquals(2, options(home, "extra").code());
  }

  @Test
  void withoutTheJarItSaysHowToGetIt() {
    Path empty = home.resolve("empty");
    Run run = options(empty);
    assertEquals(3, run.code());
    assertTrue(run.err().contains("missing " + empty), run.err());
    assertTrue(run.err().contains("mvn package"), run.err());
  }

  @Test
  void theRootCommandKnowsIt() {
    assertTrue(Main.commandLine().getSubcommands().containsKey("options"));
  }
}
