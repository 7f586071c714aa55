package io.hakmem.analysis.cli;

import io.hakmem.analysis.render.ResultFormat;
import java.io.Console;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What standard output is shown on. */
final class Screen {

  /** Set by the launcher where standard output is a terminal: its columns. */
  static final String COLUMNS = "hakmem.columns";

  private static final int USUAL_COLUMNS = 80;
  private static final int FEWEST_COLUMNS = 20;

  private Screen() {}

  /** Columns of the terminal; {@link ResultFormat#UNLIMITED} where it is none. */
  static int columns() {
    String told = System.getProperty(COLUMNS);
    if (told != null) {
      return parse(told);
    }
    return interactive() ? parse(System.getenv("COLUMNS")) : ResultFormat.UNLIMITED;
  }

  private static int parse(@Nullable String columns) {
    try {
      int parsed = Integer.parseInt(columns == null ? "" : columns.strip());
      return parsed > 0 ? Math.max(FEWEST_COLUMNS, parsed) : USUAL_COLUMNS;
    } catch (NumberFormatException e) {
      return USUAL_COLUMNS;
    }
  }

  /** Whether somebody sits at both ends: standard input and output are terminals. */
  static boolean interactive() {
    return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
  }
}
