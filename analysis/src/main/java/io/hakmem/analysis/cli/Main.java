package io.hakmem.analysis.cli;

import io.hakmem.analysis.bench.BenchCommand;
import io.hakmem.analysis.record.RecordCommand;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.trial.EvaluateCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * The command line {@code hakmem}.
 *
 * <p>Exit codes: 0 fine, 1 criteria not met, 2 usage, 3 input unreadable.
 */
@Command(
    name = "hakmem",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Finds the real hot path of an off-heap allocator from JFR recordings.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      EvaluateCommand.class,
      RecordCommand.class,
      BenchCommand.class,
      AnalyzeCommand.class,
      DoctorCommand.class,
      CompareCommand.class,
      SqlCommand.class,
      CacheCommand.class,
      QueryCommand.class,
      QueriesCommand.class,
      ExportCommand.class,
      OptionsCommand.class,
      AttachCommand.class,
      StatusCommand.class
    })
public final class Main implements Runnable {

  /** Everything went well. */
  public static final int OK = 0;

  /** A fault was found in what was examined, or criteria are not met. */
  public static final int FAULTS = 1;

  /** Arguments that make no sense. */
  public static final int USAGE = 2;

  /** An input that cannot be read. */
  public static final int UNREADABLE = 3;

  private static final int OWN_FAULT = 70;

  @Spec private CommandSpec spec = CommandSpec.create();

  private Main() {}

  public static void main(String[] args) {
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
    int code = commandLine().setOut(out).setErr(err).execute(args);
    out.flush();
    err.flush();
    System.exit(code);
  }

  /** The root command with every subcommand. */
  public static CommandLine commandLine() {
    CommandLine line = new CommandLine(new Main());
    line.setParameterExceptionHandler(Main::misused);
    line.setExecutionExceptionHandler(Main::failed);
    // What follows the program's name in "record" is the program's, its @files too.
    line.setExpandAtFiles(false);
    CommandLine record = line.getSubcommands().get("record");
    if (record != null) {
      record.setStopAtPositional(true);
    }
    return line;
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "Missing command");
  }

  /** Usage always: by itself picocli shows either similar names or usage. */
  private static int misused(ParameterException misuse, String[] arguments) {
    PrintWriter err = misuse.getCommandLine().getErr();
    err.println("hakmem: " + misuse.getMessage());
    UnmatchedArgumentException.printSuggestions(misuse, err);
    misuse.getCommandLine().usage(err);
    return USAGE;
  }

  /** What the user can mend is one line; only our own faults show where they happened. */
  private static int failed(Exception failure, CommandLine line, ParseResult result) {
    if (failure instanceof RecordingException) {
      line.getErr().println("hakmem: " + failure.getMessage());
      return UNREADABLE;
    }
    line.getErr().println("hakmem: this is a fault of hakmem itself, please report it:");
    failure.printStackTrace(line.getErr());
    return OWN_FAULT;
  }
}
