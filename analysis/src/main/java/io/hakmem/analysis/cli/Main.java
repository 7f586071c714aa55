package io.hakmem.analysis.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.hakmem.analysis.bench.BenchCommand;
import io.hakmem.analysis.record.RecordCommand;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.trace.TraceCommand;
import io.hakmem.analysis.trial.EvaluateCommand;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
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
      StatusCommand.class,
      TraceCommand.class
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
    StandardOutput stdout = new StandardOutput(new FileOutputStream(FileDescriptor.out));
    PrintWriter out = new PrintWriter(new BufferedOutputStream(stdout), true, UTF_8);
    PrintWriter err = new PrintWriter(System.err, true, UTF_8);
    int code = commandLine().setOut(out).setErr(err).execute(args);
    if (stdout.isLost(out)) {
      // A reader that has had enough is no failure; a full disk is.
      code = stdout.isUnwanted() ? OK : UNREADABLE;
      if (code != OK) {
        err.println("hakmem: " + stdout.problem());
      }
    }
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
      return Recordings.complain(line.getErr(), failure);
    }
    if (failure instanceof StandardOutput.LostException) {
      return UNREADABLE; // The end of main says more.
    }
    line.getErr().println("hakmem: this is a fault of hakmem itself, please report it:");
    failure.printStackTrace(line.getErr());
    return OWN_FAULT;
  }
}
