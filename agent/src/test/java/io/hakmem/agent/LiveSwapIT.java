package io.hakmem.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.agent.app.Reports;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads the built jar into running JVMs, as an operator does with {@code jcmd}. */
class LiveSwapIT {

  @TempDir Path folder;

  @Test
  void swapsBothWaysAndBack() throws Exception {
    try (Application application = new Application("-XX:+EnableDynamicAgentLoading")) {
      assertEquals(live("direct", "", "default"), application.report());
      application.load("push=checked-scan");
      assertEquals(live("checked-scan", "direct", "attach"), application.report());
      application.load("push=direct,verbose=true");
      assertEquals(live("direct", "checked-scan", "attach"), application.report());
      application.load("push=checked-scan");
      assertEquals(live("checked-scan", "direct", "attach"), application.report());
      application.load("enabled=false");
      assertEquals(live("direct", "checked-scan", "attach"), application.report());
      assertEquals(
          List.of("hakmem-agent: push=direct is live, a probe has proven it"), application.end());
    }
  }

  @Test
  void changesWhatAnAgentPutInPlaceAtTheStart() throws Exception {
    try (Application application =
        new Application("-XX:+EnableDynamicAgentLoading", ChildJvm.agent("push=checked-scan"))) {
      assertEquals(live("checked-scan", "", "agent"), application.report());
      application.load("push=direct");
      assertEquals(live("direct", "checked-scan", "attach"), application.report());
      assertEquals(List.of(), application.end());
    }
  }

  @Test
  void wrongArgumentsChangeNothing() throws Exception {
    try (Application application = new Application("-XX:+EnableDynamicAgentLoading")) {
      assertEquals(live("direct", "", "default"), application.report());
      application.load("push=fast");
      assertEquals(live("direct", "", "default"), application.report());
      List<String> lines = application.end();
      assertEquals(1, lines.size(), lines.toString());
      assertTrue(
          lines.get(0).contains("valid: push=direct|guarded|checked|checked-scan"),
          lines.toString());
    }
  }

  @Test
  void waitsForAnAllocatorThatStartsLater() throws Exception {
    try (Application application = new Application("-XX:+EnableDynamicAgentLoading")) {
      application.load("push=checked-scan");
      assertEquals(live("checked-scan", "", "agent"), application.report());
      assertEquals(List.of(), application.end());
    }
  }

  private static String live(String path, String previous, String by) {
    return "Installed[path=%s, previous=%s, by=%s, proven=true]".formatted(path, previous, by);
  }

  /** An application that says which path is live whenever it is asked. */
  private final class Application implements AutoCloseable {

    private final Process process;
    private final BufferedReader answers;
    private final Writer questions;
    private final Path err = folder.resolve("application.err");

    Application(String... flags) throws IOException {
      List<String> command = ChildJvm.java(flags);
      command.addAll(
          List.of(
              "-cp",
              ChildJvm.classPath(ChildJvm.allocatorJar(), ChildJvm.testClasses()),
              Reports.class.getName()));
      process = new ProcessBuilder(command).redirectError(err.toFile()).start();
      answers = process.inputReader();
      questions = process.outputWriter();
    }

    String report() throws IOException {
      questions.write('\n');
      questions.flush();
      return String.valueOf(answers.readLine());
    }

    void load(String arguments) throws Exception {
      List<String> command = new ArrayList<>();
      command.add(ChildJvm.tool("jcmd"));
      command.add(String.valueOf(process.pid()));
      // In quotes of jcmd's own: it takes a bare push=direct for an option of its command.
      String quoted = "\"" + arguments + "\"";
      command.addAll(List.of("JVMTI.agent_load", ChildJvm.agentJar().toString(), quoted));
      ChildJvm.Result result = ChildJvm.run(command);
      assertEquals(0, result.exit(), result.out() + result.err());
    }

    /** Ends the application, whose exit code must be 0; returns the lines on its stderr. */
    List<String> end() throws Exception {
      questions.close();
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(0, process.exitValue());
      return Files.readAllLines(err);
    }

    @Override
    public void close() {
      process.destroyForcibly();
      try {
        answers.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
