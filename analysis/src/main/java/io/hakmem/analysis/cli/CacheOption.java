package io.hakmem.analysis.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option of every command that loads recordings for questions. */
final class CacheOption {

  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      description = "Where loaded recordings are kept; none keeps nothing.")
  @Nullable String folder;
}
