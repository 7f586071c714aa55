package io.hakmem.analysis.cli;

import io.hakmem.analysis.live.LiveState;
import io.hakmem.analysis.live.TargetException;
import io.hakmem.analysis.live.TargetJvm;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem status}: which push path is live in a running JVM. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {"Prints which push path is live in a running JVM; changes nothing.", ""},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the JVM was read, whatever it said",
      "2:usage",
      "3:the JVM cannot be attached to, or does not answer in time"
    })
final class StatusCommand implements Callable<Integer> {

  @Parameters(paramLabel = "PID", description = "Process id of the JVM, as of jps.")
  private long pid;

  @Mixin private Patience patience = new Patience();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    try (TargetJvm target = TargetJvm.attach(pid, patience.limit())) {
      print(target.state(), spec.commandLine().getOut());
      return Main.OK;
    } catch (TargetException e) {
      spec.commandLine().getErr().println("hakmem: " + e.getMessage());
      return Main.UNREADABLE;
    }
  }

  private void print(LiveState state, PrintWriter out) {
    out.printf("process    %d %s%n", pid, state.main());
    if (state.path() == null) {
      out.println("allocator  not loaded");
    } else {
      out.println("allocator  loaded");
      out.printf("path       %s%n", state.path());
      if (!state.previous().isEmpty()) {
        out.printf("before     %s%n", state.previous());
      }
      out.printf("by         %s%n", state.by());
      out.printf("proven     %s%n", state.proven() ? "yes" : "no");
      out.printf("onInvalid  %s%n", state.policy() == null ? "not known" : state.policy());
    }
    out.printf("agent      %s%n", state.agent() == null ? "not loaded" : state.agent());
    if (state.problem() != null) {
      out.printf("problem    %s%n", state.problem());
    }
  }
}
