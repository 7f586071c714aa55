package io.hakmem.analysis.cli;

import io.hakmem.analysis.live.AgentOptions;
import io.hakmem.analysis.live.LiveState;
import io.hakmem.analysis.live.TargetException;
import io.hakmem.analysis.live.TargetJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem attach}: swaps the push path of a running JVM. */
@Command(
    name = "attach",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Loads the agent into a running JVM, and says what a probe saw there afterwards.",
      "Without -XX:+EnableDynamicAgentLoading that JVM prints a warning of four lines (JEP 451).",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the path is live, and a probe has proven it",
      "1:it is not, or not yet: the allocator is not loaded in that JVM",
      "2:usage",
      "3:the JVM cannot be attached to or does not answer in time, or the agent's jar is missing"
    })
final class AttachCommand implements Callable<Integer> {

  static final int NOT_PROVEN = 1;

  private static final Path AGENT_JAR = Path.of("agent", "target", "hakmem-agent.jar");

  @Parameters(index = "0", paramLabel = "PID", description = "Process id of the JVM, as of jps.")
  private long pid;

  @Parameters(
      index = "1",
      paramLabel = "OPTIONS",
      description = "Separated by commas: " + AgentOptions.VALID + ".")
  private String options = "";

  @Mixin private Patience patience = new Patience();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    AgentOptions asked = asked();
    Path home = Path.of(System.getProperty("hakmem.home", "")).toAbsolutePath().normalize();
    Path jar = home.resolve(AGENT_JAR);
    if (!Files.isReadable(jar)) {
      complain("missing " + jar + "; build with 'mvn package' in " + home);
      return Main.UNREADABLE;
    }
    try (TargetJvm target = TargetJvm.attach(pid, patience.limit())) {
      target.load(jar, asked);
      return report(asked, target.state());
    } catch (TargetException e) {
      complain(String.valueOf(e.getMessage()));
      return Main.UNREADABLE;
    }
  }

  private AgentOptions asked() {
    try {
      return AgentOptions.parse(options);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private int report(AgentOptions asked, LiveState state) {
    String push = "push=" + asked.expected();
    if (state.proves(asked.expected())) {
      spec.commandLine()
          .getOut()
          .printf(
              "process %d: %s is live, a probe has proven it%s%n",
              pid, push, state.previous().isEmpty() ? "" : " (before: " + state.previous() + ")");
      return Main.OK;
    }
    if (state.problem() != null) {
      complain("process %d: %s".formatted(pid, state.problem()));
    } else if (state.path() == null) {
      complain(
          "process %d has not loaded the allocator; %s is set when it is loaded"
              .formatted(pid, push));
    } else {
      complain(
          "process %d: asked for %s, but a probe observes push=%s"
              .formatted(pid, push, state.path()));
    }
    return NOT_PROVEN;
  }

  private void complain(String line) {
    spec.commandLine().getErr().println("hakmem: " + line);
  }
}
