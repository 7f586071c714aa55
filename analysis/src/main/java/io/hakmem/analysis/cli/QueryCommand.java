package io.hakmem.analysis.cli;

import io.hakmem.analysis.query.MissingEventException;
import io.hakmem.analysis.query.Query;
import io.hakmem.analysis.query.QueryException;
import io.hakmem.analysis.query.QueryLibrary;
import io.hakmem.analysis.query.UnfitEventsException;
import io.hakmem.analysis.query.UnknownQueryException;
import io.hakmem.analysis.query.UserSql;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.render.ResultFormat;
import io.hakmem.analysis.tables.EventTables;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem query}: one of the questions that come with hakmem, put to recordings. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Puts one of the questions of \"hakmem queries\" to recordings.",
    footer = {"", "Example:", "  hakmem query allocation-sites --format md run.jfr"})
final class QueryCommand implements Callable<Integer> {

  @Parameters(index = "0", paramLabel = "NAME", description = "As \"hakmem queries\" lists it.")
  private String name = "";

  @Parameters(
      index = "1..*",
      arity = "1..*",
      paramLabel = "FILE",
      description = "Recordings of one JVM.")
  private List<Path> files = List.of();

  @Mixin private ResultOptions results = new ResultOptions();

  @Mixin private CacheOption cache = new CacheOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RecordingException {
    PrintWriter err = spec.commandLine().getErr();
    Query query = query();
    try (EventTables tables = Recordings.open(files, cache, err)) {
      QueryRun run = new QueryRun(tables);
      run.prepare(query);
      ask(query, tables);
      run.notes(query).forEach(note -> err.println("hakmem: note: " + note));
      return Recordings.warn(tables, err);
    } catch (MissingEventException e) {
      return Recordings.complain(err, e);
    }
  }

  private Query query() {
    try {
      return QueryLibrary.find(name);
    } catch (UnknownQueryException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()));
    }
  }

  private void ask(Query query, EventTables tables) throws RecordingException {
    PrintWriter out = spec.commandLine().getOut();
    ResultFormat format = results.format;
    try {
      UserSql.lock(tables.database().connection())
          .run(query.sql(), format.writer(out, Screen.columns()));
      out.flush();
    } catch (QueryException e) {
      // The query is right for the events that it is made for: other fields are the recording's.
      throw new RecordingException(
          files.getFirst(),
          String.valueOf(new UnfitEventsException(query.name(), e).getMessage()),
          e);
    }
  }
}
