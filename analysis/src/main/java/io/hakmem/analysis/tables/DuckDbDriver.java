package io.hakmem.analysis.tables;

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
    try {
      Class.forName(NATIVE);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new TablesException(
          "DuckDB's library cannot be loaded (%s); build again with 'mvn -B clean package', and see that %s has space and allows programs"
              .formatted(why(e), System.getProperty("java.io.tmpdir")),
          e);
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
