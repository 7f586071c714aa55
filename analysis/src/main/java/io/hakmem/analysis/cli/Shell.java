package io.hakmem.analysis.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;

/** The interactive shell of {@code hakmem sql}: JLine's editing around a {@link SqlScript}. */
final class Shell {

  private static final String PROMPT = "sql> ";
  private static final String MORE = "...> ";

  private Shell() {}

  /** Reads and runs until the user ends it. Mistakes do not count: the exit code is 0. */
  static int run(SqlScript sql) throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      Path history = history(System.getenv("XDG_STATE_HOME"), System.getProperty("user.home"));
      return run(sql, terminal, history);
    }
  }

  /** As {@link #run(SqlScript)}, on another terminal; without a history if that is null. */
  static int run(SqlScript sql, Terminal terminal, @Nullable Path history) {
    LineReader reader = reader(terminal, sql, history);
    terminal.handle(Terminal.Signal.INT, signal -> sql.cancel());
    terminal.writer().println("SQL over recordings; .help tells more, .quit or Ctrl-D ends.");
    while (true) {
      try {
        String line = reader.readLine(PROMPT);
        if (SqlScript.isQuit(line)) {
          return Main.OK;
        }
        int columns = terminal.getSize().getColumns();
        if (columns > 0) {
          sql.width(columns);
        }
        if (SqlScript.isCommand(line)) {
          sql.command(line);
        } else {
          sql.runAll(line);
        }
      } catch (UserInterruptException e) {
        // Ctrl-C at the prompt drops the line.
      } catch (EndOfFileException e) {
        return Main.OK;
      }
    }
  }

  private static LineReader reader(Terminal terminal, SqlScript sql, @Nullable Path history) {
    LineReaderBuilder builder =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("hakmem")
            .parser(new ShellParser())
            .completer(new ShellCompleter(sql.sql().catalog()))
            .variable(LineReader.SECONDARY_PROMPT_PATTERN, MORE)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true);
    if (history != null) {
      builder.variable(LineReader.HISTORY_FILE, history);
    }
    return builder.build();
  }

  /** The history in the user's state folder; none where that cannot be written. */
  static @Nullable Path history(@Nullable String state, String home) {
    boolean told = state != null && Path.of(state).isAbsolute();
    Path folder = (told ? Path.of(state) : Path.of(home, ".local", "state")).resolve("hakmem");
    try {
      Files.createDirectories(folder);
      Path file = folder.resolve("sql-history");
      return Files.isWritable(Files.exists(file) ? file : folder) ? file : null;
    } catch (IOException e) {
      return null;
    }
  }
}
