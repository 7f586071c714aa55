package io.hakmem.analysis.cli;

import io.hakmem.analysis.query.Export;
import io.hakmem.analysis.query.ExportException;
import io.hakmem.analysis.recording.RecordingException;
import io.hakmem.analysis.tables.EventTables;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hakmem export}: recordings as files of other tools. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Writes recordings as a DuckDB database, Parquet or CSV.",
      "A database has every table, function and view. Parquet and CSV have",
      "one table in one file, or without --table each in a file of a folder."
    },
    footer = {
      "",
      "Examples:",
      "  hakmem export run.jfr --to run.duckdb",
      "  hakmem export run.jfr --table jdk.GarbageCollection --to gc.csv"
    })
final class ExportCommand implements Callable<Integer> {

  @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings.")
  private List<Path> files = List.of();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "TARGET",
      description = "What to write; it ends in .duckdb, .parquet or .csv.")
  private Path target = Path.of("");

  @Option(names = "--table", paramLabel = "TABLE", description = "The event type to write.")
  private @Nullable String table;

  @Option(names = "--force", description = "Replaces the target if it exists.")
  private boolean force;

  @Mixin private CacheOption cache = new CacheOption();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() throws RecordingException {
    PrintWriter err = spec.commandLine().getErr();
    Export.Format format = format();
    try {
      Export.checkTarget(target, force);
    } catch (ExportException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
    try (EventTables tables = Recordings.open(files, cache, err)) {
      Export export = new Export(tables, target, force);
      err.println(
          "hakmem: wrote " + (table == null ? export.all(format) : export.one(format, table)));
      return Recordings.warn(tables, err);
    } catch (ExportException e) {
      int code = Recordings.complain(err, e);
      return e.usage() ? Main.USAGE : code;
    }
  }

  private Export.Format format() {
    String name = String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT);
    for (Export.Format format : Export.Format.values()) {
      if (name.endsWith("." + format)) {
        if (format == Export.Format.duckdb && table != null) {
          throw new ParameterException(
              spec.commandLine(), "--table goes with .parquet and .csv: a database has all tables");
        }
        return format;
      }
    }
    throw new ParameterException(
        spec.commandLine(), "--to " + target + " must end in .duckdb, .parquet or .csv");
  }
}
