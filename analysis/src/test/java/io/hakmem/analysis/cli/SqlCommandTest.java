package io.hakmem.analysis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.events.Recorded;
import io.hakmem.analysis.render.ResultFormat;
import io.hakmem.analysis.tables.EventTables;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SqlCommandTest {

  private static final String COUNT = "SELECT count(*) AS n FROM \"io.hakmem.FastPathHit\"";

  @TempDir static Path folder;

  private static Path first = Path.of("");
  private static Path second = Path.of("");

  @BeforeAll
  static void record() throws Exception {
    first = Recorded.recordBare(folder.resolve("first.jfr"), Recorded::emitAll);
    second = Recorded.recordBare(folder.resolve("second.jfr"), Recorded::emitAll);
  }

  @Test
  void severalFilesAreOneSetOfTables() {
    MainRun run = MainRun.of("sql", "--format", "csv", first.toString(), second.toString(), COUNT);
    assertEquals("n\n" + 2 * Recorded.HITS + "\n", run.out(), run.err());
    assertEquals(0, run.code());
  }

  @Test
  void statementsInAFileRunInOrderUntilOneFails() throws Exception {
    Path script =
        Files.writeString(folder.resolve("q.sql"), "SELECT 1 AS a; SELECT 2 AS b;\n-- end");
    MainRun run = MainRun.of("sql", "-f", script.toString(), "--format", "csv", first.toString());
    assertEquals("a\n1\n\nb\n2\n", run.out(), run.err());
    Files.writeString(script, "SELECT 1 AS a; SELECT x; SELECT 3");
    MainRun failed =
        MainRun.of("sql", "-f", script.toString(), "--format", "csv", first.toString());
    assertEquals(2, failed.code());
    assertEquals("a\n1\n", failed.out().stripTrailing() + "\n");
  }

  @Test
  void standardInputIsReadWhenThereIsNoQuery() {
    MainRun run =
        piped(
            """
            SELECT 1
             AS a;
            .format csv
            SELECT 'x
            ;y' AS b;
            .tables hakmem.FastPathHit
            .quit
            SELECT 3;
            """);
    assertEquals(0, run.code(), run.err());
    assertEquals(
        """
        a
        1

        b
        "x
        ;y"

        table,events
        io.hakmem.FastPathHit,1009
        """,
        run.out().replace("  1\n", "1\n"));
  }

  @Test
  void standardInputEndsAtTheFirstMistake() {
    MainRun run = piped(".schema io.hakmem.NoSuchEvent\nSELECT 3;\n");
    assertEquals(2, run.code(), run.err());
    assertTrue(run.out().isBlank(), run.out());
  }

  private static MainRun piped(String text) {
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    try {
      return MainRun.of("sql", first.toString());
    } finally {
      System.setIn(before);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        ".tabels | there is no command .tabels; .help lists them",
        ".schema | .schema needs a table",
        ".query hot-metods | did you mean hot-methods?",
        ".query hot-methods | needs CPU samples",
        ".format xml | there is no format \"xml\""
      })
  void wrongCommandsSayWhatIsRight(String command, String message) {
    MainRun run = piped(command + "\n");
    assertEquals(2, run.code());
    assertTrue(run.err().contains(message), run.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {".help", ".queries", ".query fast-path-counters", ".tables"})
  void commandsAnswer(String command) {
    MainRun run = piped(command + "\n");
    assertEquals(0, run.code(), run.err());
    assertFalse(run.out().isBlank());
  }

  @Test
  void anOrderThatIsChanceIsTold() {
    MainRun run =
        MainRun.of("sql", first.toString(), "SELECT weight FROM \"io.hakmem.FastPathHit\" LIMIT 1");
    assertEquals(0, run.code());
    assertTrue(run.err().contains("LIMIT without ORDER BY"), run.err());
  }

  @Test
  void theLastArgumentIsAFileOrAQuery() {
    assertTrue(SqlCommand.isSql("SELECT 1"));
    assertTrue(SqlCommand.isSql("VALUES(1)"));
    assertFalse(SqlCommand.isSql("a.jfr"));
    assertFalse(SqlCommand.isSql("my recording.jfr"));
    assertFalse(SqlCommand.isSql(first.toString()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sql | 2 | Missing required parameter",
        "sql missing.jfr | 3 | missing.jfr: no such file",
        "sql missing.jfr also.jfr | 3 | missing.jfr: no such file",
        "sql --format xml FILE | 2 | --format",
        "sql -f missing.sql FILE | 2 | missing.sql: cannot be read as SQL",
        "query | 2 | Missing required parameter",
        "query layers | 2 | Missing required parameter",
        "query layers missing.jfr | 3 | missing.jfr: no such file",
        "query layers --format xml FILE | 2 | --format",
        "queries --format xml | 2 | --format",
        "queries more | 2 | Unmatched argument",
        "export FILE | 2 | Missing required option: '--to",
        "export --to x.csv | 2 | Missing required parameter",
        "export FILE --to x.txt | 2 | must end in .duckdb, .parquet or .csv",
        "export FILE --to no-such-folder/x.csv | 2 | does not exist",
        "export FILE --to FILE | 2 | must end in",
        "export FILE --table a --to x.duckdb | 2 | a database has all tables",
        "export missing.jfr --to x.csv | 3 | missing.jfr: no such file"
      })
  void badInputSaysWhatIsRight(String line, int code, String message) {
    MainRun run = MainRun.of(line.strip().replace("FILE", first.toString()).split(" "));
    assertEquals(code, run.code(), run.err());
    assertTrue(run.err().contains(message), run.err());
    assertFalse(run.err().contains("\tat "), run.err());
    assertFalse(Files.exists(Path.of("x.csv")));
  }

  @Test
  void exportSaysWhatItWrote() {
    Path target = folder.resolve("x.csv");
    MainRun run =
        MainRun.of(
            "export",
            first.toString(),
            "--table",
            "io.hakmem.FastPathHit",
            "--to",
            target.toString());
    assertEquals(0, run.code(), run.err());
    assertTrue(Files.exists(target));
    MainRun again =
        MainRun.of("export", first.toString(), "--table", "x.Y", "--to", target.toString());
    assertEquals(2, again.code());
    assertTrue(again.err().contains("replace it with --force"), again.err());
    MainRun unknown =
        MainRun.of(
            "export", first.toString(), "--force", "--table", "x.Y", "--to", target.toString());
    assertEquals(2, unknown.code());
    assertTrue(unknown.err().contains("the recording has no table x.Y"), unknown.err());
    assertTrue(Files.exists(target));
  }

  @Test
  void everyCommandHelpsWithAnExample() {
    for (String name : List.of("sql", "query", "queries", "export")) {
      MainRun run = MainRun.of(name, "--help");
      assertEquals(0, run.code());
      assertTrue(run.out().contains("  hakmem " + name + " "), run.out());
      assertTrue(run.out().lines().allMatch(line -> line.length() <= 80), run.out());
    }
  }

  /** The shell itself, on a terminal of 80 columns that is typed on. */
  @Test
  void theShellRunsWhatIsTyped() throws Exception {
    ByteArrayOutputStream screen = new ByteArrayOutputStream();
    String typed = "SELECT 1 AS\none;\nSELECT x;\n.tables FastPathH\n.quit\nSELECT 5;\n";
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    Path history = folder.resolve("history");
    try (EventTables tables = EventTables.load(List.of(first));
        Terminal terminal =
            new DumbTerminal(
                "test",
                Terminal.TYPE_DUMB,
                new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
                screen,
                StandardCharsets.UTF_8)) {
      terminal.setSize(Size.of(80, 24));
      SqlScript sql =
          new SqlScript(tables, ResultFormat.table, 80, new PrintWriter(out), new PrintWriter(err));
      assertEquals(0, Shell.run(sql, terminal, history));
    }
    assertEquals(
        "one\n  1\n\ntable                  events\nio.hakmem.FastPathHit    1009\n",
        out.toString().replace("\n\n\n", "\n\n"));
    assertTrue(err.toString().contains("column \"x\" does not exist"), err.toString());
    assertTrue(Files.readString(history).contains("SELECT x;"), Files.readString(history));
  }

  @Test
  void namesAreCompleted() throws Exception {
    try (EventTables tables = EventTables.load(List.of(first))) {
      SqlScript sql =
          new SqlScript(
              tables,
              ResultFormat.table,
              80,
              new PrintWriter(new StringWriter()),
              new PrintWriter(new StringWriter()));
      ShellCompleter completer = new ShellCompleter(sql.sql().catalog());
      String query = "SELECT req FROM \"io.hakmem.FastPathHit\"";
      Set<String> words = completer.suggestions("SELECT req", query);
      assertTrue(
          words.containsAll(
              Set.of(
                  "\"io.hakmem.FastPathHit\"", "requestedSize", "TRUNCATE_STACKTRACE(", "SELECT")),
          words.toString());
      assertFalse(words.contains("blocksSpilled"), "a column of another table");
      assertTrue(completer.suggestions(".sch", ".sch").contains(".schema"));
      assertTrue(completer.suggestions(".query ho", ".query ho").contains("hot-methods"));
      assertTrue(completer.suggestions(".format ", ".format ").contains("json"));
      assertTrue(completer.suggestions(".schema ", ".schema ").contains("io.hakmem.FastPathHit"));
    }
  }

  @Test
  void theHistoryIsInTheStateFolder() throws Exception {
    Path home = Files.createDirectories(folder.resolve("home"));
    assertEquals(
        home.resolve(".local/state/hakmem/sql-history"), Shell.history(null, home.toString()));
    assertEquals(
        folder.resolve("state/hakmem/sql-history"),
        Shell.history(folder.resolve("state").toString(), home.toString()));
    Path file = Files.writeString(folder.resolve("file"), "");
    assertEquals(null, Shell.history(file.toString(), home.toString()));
  }
}
