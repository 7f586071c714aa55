package io.hakmem.analysis.cli;

import io.hakmem.analysis.render.ResultFormat;
import picocli.CommandLine.Option;

/** Options of every command that prints results. */
final class ResultOptions {

  @Option(
      names = "--format",
      defaultValue = "table",
      paramLabel = "FORMAT",
      description = {
        "One of ${COMPLETION-CANDIDATES};",
        "default ${DEFAULT-VALUE}. Only a table on a terminal",
        "cuts long cells."
      })
  ResultFormat format = ResultFormat.table;
}
