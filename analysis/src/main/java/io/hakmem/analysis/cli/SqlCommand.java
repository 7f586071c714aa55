package io.hakmem.analysis.cli;

import io.hakmem.analysis.query.QueryException;
import io.hakmem.analysis.query.QueryResult;
import io.hakmem.analysis.query.QueryRunner;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.recording.RecordingReader.Outcome;
import io.hakmem.analysis.render.TextTable;
import io.hakmem.analysis.tables.EventTables;
import io.hakmem.analysis.tables.LoadOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem sql}: SQL over recordings, one table per event type. */
@Command(
    name = "sql",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    customSynopsis = "hakmem sql FILE… \"QUERY\"",
    description = "Runs SQL (DuckDB) over recordings; tables are named as the event types.",
    footer = {
      "",
      "Example:",
      "  hakmem sql run.jfr 'SELECT reason, count(*)",
      "    FROM \"io.hakmem.SlowPathFallback\" GROUP BY 1'"
    })
final class SqlCommand implements Callable<Integer> {

  @Parameters(
      arity = "2..*",
      hideParamSyntax = true,
      paramLabel = "FILE… QUERY",
      description = "Recordings, and at the end the SQL.")
  private List<String> arguments = List.of();

  @Option(
      names = "--cache",
      paramLabel = "FOLDER",
      description = "Where loaded recordings are kept; none keeps nothing.")
  private @Nullable String cache;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RecordingException {
    PrintWriter out = spec.commandLine().getOut();
    List<Path> files =
        arguments.subList(0, arguments.size() - 1).stream().map(name -> Path.of(name)).toList();
    try (EventTables tables = open(files)) {
      QueryResult result = new QueryRunner(tables).run(arguments.getLast());
      out.print(table(result).render("", Integer.MAX_VALUE));
      out.flush();
      return warn(tables);
    } catch (QueryException e) {
      spec.commandLine().getErr().println("hakmem: SQL: " + e.getMessage());
      return Main.USAGE;
    }
  }

  private EventTables open(List<Path> files) throws RecordingException {
    PrintWriter err = spec.commandLine().getErr();
    return EventTables.open(files, LoadOptions.of(cache, note -> err.println("hakmem: " + note)));
  }

  private int warn(EventTables tables) {
    List<Outcome> damaged = tables.outcomes().stream().filter(Outcome::damaged).toList();
    for (Outcome outcome : damaged) {
      spec.commandLine()
          .getErr()
          .printf(
              "hakmem: %s %s; only its first %,d events were read%n",
              outcome.file(), outcome.damage(), outcome.events());
    }
    return damaged.isEmpty() ? Main.OK : Main.UNREADABLE;
  }

  private static TextTable table(QueryResult result) {
    TextTable table = new TextTable(result.columns(), result.numeric());
    for (List<@Nullable Object> row : result.rows()) {
      table.row(row.stream().map(SqlCommand::cell).toList());
    }
    return table;
  }

  /** A cell is one line: a stack's line ends become visible instead of breaking the table. */
  private static String cell(@Nullable Object value) {
    return value == null ? "NULL" : value.toString().stripTrailing().replace("\n", "\\n");
  }
}
