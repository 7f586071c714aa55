package io.hakmem.analysis.tables;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.OutputStream;
import java.io.PrintStream;

/** The JDBC driver, which brings DuckDB's native library. Thread-safe. */
final class DuckDbDriver {

  private static final String NATIVE = "org.duckdb.DuckDBNative";

  private DuckDbDriver() {}

  /**
   * Loads the library, before any class of ours needs it: where that fails while a class gets
   * ready, nobody is told why.
   *
   * @throws TablesException with what the user can do
   */
  static void load() {
    PrintStream err = System.err;
    try {
      // The driver prints the stack of its first attempt by itself.
      System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
      Class.forName(NATIVE);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new TablesException(
          "DuckDB's library cannot be loaded (%s); build again with 'mvn -B clean package', and see that %s has space and allows programs"
              .formatted(why(e), System.getProperty("java.io.tmpdir")),
          e);
    } finally {
      System.setErr(err);
    }
  }

  private static String why(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String message = root.getMessage();
    String first = message == null ? "" : message.lines().findFirst().orElse("");
    return root.getClass().getSimpleName() + (first.isEmpty() ? "" : ": " + first);
  }
}
