package io.hakmem.analysis.render;

import picocli.CommandLine.Option;

/** The option of every command that prints a report. */
public final class FormatOption {

  /** How a report is written. */
  public enum Format {
    text,
    json,
    md
  }

  @Option(
      names = "--format",
      defaultValue = "text",
      paramLabel = "FORMAT",
      description = "One of ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  public Format format() {
    return format;
  }
}
