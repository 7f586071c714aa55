package io.hakmem.analysis.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** What a command line gave. */
record MainRun(int code, String out, String err) {

  /** Runs {@code hakmem} with the arguments in this JVM. */
  static MainRun of(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        Main.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new MainRun(code, out.toString(), err.toString());
  }
}
