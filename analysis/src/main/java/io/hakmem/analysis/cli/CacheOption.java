package io.hakmem.analysis.cli;

import io.hakmem.analysis.tables.LoadOptions;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options of every command that loads recordings for questions. */
final class CacheOption {

  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      description = "Where loaded recordings are kept; none keeps nothing.")
  private @Nullable String folder;

  @Option(names = "--no-cache", description = "Keeps nothing and reads no cache.")
  private boolean none;

  @Spec(Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  /** What was asked for; notes go to {@code err}. */
  LoadOptions options(PrintWriter err) {
    if (none && folder != null) {
      throw new ParameterException(
          spec.commandLine(), "--cache and --no-cache contradict each other: give one of them");
    }
    return LoadOptions.of(none ? LoadOptions.NONE : folder, note -> err.println("hakmem: " + note));
  }
}
