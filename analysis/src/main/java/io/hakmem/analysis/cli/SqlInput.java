package io.hakmem.analysis.cli;

import io.hakmem.analysis.query.Statements;

/** Lines that come one by one, as statements and dot commands. Not thread-safe. */
final class SqlInput {

  private final SqlScript sql;
  private String waiting = "";
  private boolean quit;

  SqlInput(SqlScript sql) {
    this.sql = sql;
  }

  /** Whether the input asked to end. */
  boolean quit() {
    return quit;
  }

  /** Takes a line and runs what it completes; the exit code of the first that fails. */
  int line(String line) {
    if (waiting.isBlank() && SqlScript.isCommand(line)) {
      quit = SqlScript.isQuit(line);
      return quit ? Main.OK : sql.command(line);
    }
    Statements.Split split = Statements.split(waiting + line + "\n");
    waiting = split.rest();
    for (String statement : split.complete()) {
      int code = sql.run(statement);
      if (code != Main.OK) {
        return code;
      }
    }
    return Main.OK;
  }

  /** Runs the last statement, which no semicolon ended. */
  int end() {
    return sql.runAll(waiting);
  }
}
