package io.hakmem.analysis.cli;

import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.tables.EventTables;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem sql}: SQL over recordings, one table per event type. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = "hakmem sql [--format FORMAT] [-f FILE.sql] FILE… [\"QUERY\"]",
    description = {
      "Runs SQL (DuckDB) over recordings; tables are named as the event types.",
      "Without a query it reads statements from standard input, and is a",
      "shell on a terminal: .help there tells more."
    },
    footer = {
      "",
      "Example:",
      "  hakmem sql run.jfr 'SELECT reason, count(*)",
      "    FROM \"io.hakmem.SlowPathFallback\" GROUP BY 1 ORDER BY 1'"
    })
final class SqlCommand implements Callable<Integer> {

  @Parameters(
      arity = "1..*",
      hideParamSyntax = true,
      paramLabel = "FILE… [QUERY]",
      description = "Recordings, and at the end the SQL.")
  private List<String> arguments = List.of();

  @Option(
      names = {"-f", "--file"},
      paramLabel = "FILE.sql",
      description = "Statements in a file, each ended by a semicolon.")
  private @Nullable Path script;

  @Mixin private ResultOptions results = new ResultOptions();

  @Mixin private CacheOption cache = new CacheOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RecordingException, IOException {
    boolean asked = script == null && arguments.size() > 1 && isSql(arguments.getLast());
    List<Path> files =
        arguments.subList(0, arguments.size() - (asked ? 1 : 0)).stream().map(this::path).toList();
    String text = asked ? arguments.getLast() : script == null ? null : read(script);
    PrintWriter out = spec.commandLine().getOut();
    PrintWriter err = spec.commandLine().getErr();
    try (EventTables tables = Recordings.open(files, cache, err)) {
      int warned = Recordings.warn(tables, err);
      SqlScript sql = new SqlScript(tables, results.format, Screen.columns(), out, err);
      int code;
      if (text != null) {
        code = sql.runAll(text);
      } else if (Screen.interactive()) {
        code = Shell.run(sql);
      } else {
        code = piped(sql);
      }
      return code == Main.OK ? warned : code;
    }
  }

  /** A query has blanks or brackets; a file has neither, or is there, or is called so. */
  static boolean isSql(String argument) {
    boolean shaped =
        argument.chars().anyMatch(c -> Character.isWhitespace(c) || "();".indexOf(c) >= 0);
    return shaped && !argument.endsWith(".jfr") && !exists(argument);
  }

  private static boolean exists(String argument) {
    try {
      return Files.exists(Path.of(argument));
    } catch (InvalidPathException e) {
      return false;
    }
  }

  private Path path(String argument) {
    try {
      return Path.of(argument);
    } catch (InvalidPathException e) {
      throw new ParameterException(spec.commandLine(), "no file name: " + e.getMessage());
    }
  }

  private String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new ParameterException(
          spec.commandLine(), file + ": cannot be read as SQL in UTF-8 (" + e.getMessage() + ")");
    }
  }

  /** Statements and dot commands from standard input; ends at the first that fails. */
  private static int piped(SqlScript sql) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    SqlInput input = new SqlInput(sql);
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      int code = input.line(line);
      if (code != Main.OK || input.quit()) {
        return code;
      }
    }
    return input.end();
  }
}
