package io.hakmem.analysis.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line {@code hakmem}. */
@Command(
    name = "hakmem",
    mixinStandardHelpOptions = true,
    description = "Finds the real hot path of an off-heap allocator from JFR recordings.",
    synopsisSubcommandLabel = "COMMAND")
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(commandLine().execute(args));
  }

  /** The root command with every subcommand; new subcommands are registered here. */
  static CommandLine commandLine() {
    return new CommandLine(new Main());
  }
}
