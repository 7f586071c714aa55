package io.hakmem.analysis.cli;

import java.time.Duration;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** How long a command waits for an answer of another JVM. */
final class Patience {

  private static final int MAX_SECONDS = 3600;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "30",
      description = "How long to wait for an answer of that JVM; default: ${DEFAULT-VALUE}.")
  private int seconds;

  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  Duration limit() {
    if (seconds < 1 || seconds > MAX_SECONDS) {
      throw new ParameterException(
          spec.commandLine(),
          "--timeout %d: expected seconds from 1 to %d".formatted(seconds, MAX_SECONDS));
    }
    return Duration.ofSeconds(seconds);
  }
}
