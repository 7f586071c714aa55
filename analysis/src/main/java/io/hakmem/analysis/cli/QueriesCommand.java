package io.hakmem.analysis.cli;

import io.hakmem.analysis.query.Query;
import io.hakmem.analysis.query.QueryLibrary;
import io.hakmem.analysis.query.ResultColumn;
import io.hakmem.analysis.query.ResultWriter;
import io.hakmem.analysis.render.ResultFormat;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hakmem queries}: the questions that come with hakmem. */
@Command(
    name = "queries",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = "Lists the queries that \"hakmem query\" runs.",
    footer = {"", "Example:", "  hakmem queries --format json"})
final class QueriesCommand implements Callable<Integer> {

  @Mixin private ResultOptions results = new ResultOptions();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    list(results.format.writer(out, Screen.columns()), results.format);
    out.flush();
    return Main.OK;
  }

  /** A table has what is needed to choose; the other formats have all of the headers. */
  static void list(ResultWriter writer, ResultFormat format) {
    boolean brief = format == ResultFormat.table;
    List<String> columns =
        brief
            ? List.of("query", "title", "unit")
            : List.of("query", "title", "unit", "events", "description");
    writer.begin(columns.stream().map(name -> new ResultColumn(name, false)).toList());
    for (Query query : QueryLibrary.all()) {
      writer.row(
          brief
              ? List.of(query.name(), query.title(), query.unit())
              : List.of(
                  query.name(), query.title(), query.unit(), query.events(), query.description()));
    }
    writer.end();
  }
}
