package io.hakmem.analysis.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.query.UserSql;
import io.hakmem.analysis.recording.HandMade;
import io.hakmem.analysis.recording.HandMade.Shape;
import io.hakmem.analysis.recording.HandMadeStacks;
import io.hakmem.analysis.tables.EventTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Text from recordings is data, wherever it stands in one and wherever it comes out. */
class HostileTextTest {

  /** Escapes of terminals, line ends, quotes, markup, SQL, zero, half a surrogate pair. */
  private static final String EVIL =
      "\u001b[31m\u009b2J\u0007|<script>alert(1)</script>[x](javascript:0)&lt;`x`*_\"';"
          + " DROP TABLE hakmem.threads; --\r\n\t\u202e\ud800\0";

  /** As it is stored: UTF-8 has no half pairs. */
  private static final String STORED = EVIL.replace('\ud800', '?');

  /** In names there is no zero either. */
  private static final String NAME = STORED.replace('\0', '\u2400');

  @TempDir static Path folder;

  private static Path file = Path.of("");

  @BeforeAll
  static void write() throws Exception {
    HandMade chunk = HandMade.chunk();
    HandMadeStacks stacks = new HandMadeStacks(chunk);
    long thread = stacks.thread(EVIL);
    long stack = stacks.stack("a/" + EVIL, EVIL, "(L" + EVIL, EVIL);
    Shape evil =
        chunk
            .event("evil." + EVIL)
            .with(
                chunk.field("eventThread", stacks.thread).constant(),
                chunk.field("stackTrace", stacks.stack).constant(),
                chunk.field(EVIL, "java.lang.String"),
                chunk.field("type", stacks.type).constant());
    long type = stacks.type(EVIL);
    chunk.event(evil, 1, out -> out.u8(thread).u8(stack).chars(EVIL).u8(type));
    Shape sample =
        chunk
            .event("jdk.ExecutionSample")
            .with(
                chunk.field("sampledThread", stacks.thread).constant(),
                chunk.field("stackTrace", stacks.stack).constant());
    for (int i = 0; i < 200; i++) {
      chunk.event(sample, i * 20_000_000L, out -> out.u8(thread).u8(stack));
    }
    Shape flag =
        chunk
            .event("jdk.BooleanFlag")
            .with(chunk.field("name", "java.lang.String"), chunk.field("value", "boolean"));
    chunk.event(flag, 1, out -> out.text("DebugNonSafepoints").u1(1));
    chunk.event(flag, 1, out -> out.chars(EVIL).u1(1));
    Shape installed =
        chunk
            .event("io.hakmem.FreePathInstalled")
            .with(
                chunk.field("freePath", "java.lang.String"),
                chunk.field("previous", "java.lang.String"),
                chunk.field("by", "java.lang.String"),
                chunk.field("proven", "boolean"));
    chunk.event(installed, 1, out -> out.chars(EVIL).chars(EVIL).chars(EVIL).u1(1));
    chunk.event(installed, 2, out -> out.text(null).text(null).text(null).u1(0));
    chunk.event(installed, 3, out -> out.chars(EVIL).chars(EVIL).chars(EVIL).u1(1));
    Shape fallback =
        chunk
            .event("io.hakmem.SlowPathFallback")
            .with(
                chunk.field("duration", "long").unit("Timespan TICKS"),
                chunk.field("eventThread", stacks.thread).constant(),
                chunk.field("stackTrace", stacks.stack).constant(),
                chunk.field("operation", "java.lang.String"),
                chunk.field("reason", "java.lang.String"),
                chunk.field("source", "java.lang.String"),
                chunk.field("sizeClass", "int"),
                chunk.field("requestedSize", "long"),
                chunk.field("blocksMoved", "long"));
    chunk.event(
        fallback,
        1,
        out ->
            out.u8(9).u8(thread).u8(stack).chars(EVIL).chars(EVIL).chars(EVIL).u4(1).u8(1).u8(1));
    chunk.event(
        fallback,
        2,
        out -> out.u8(9).u8(0).u8(0).text(null).text(null).text(null).u4(1).u8(1).u8(1));
    file = chunk.write(folder.resolve("evil.jfr"));
  }

  private static void harmless(MainRun run) {
    String all = run.out() + run.err();
    for (int i = 0; i < all.length(); i++) {
      char c = all.charAt(i);
      assertTrue(
          c == '\n' || (!Character.isISOControl(c) && c != '\u202e' && !Character.isSurrogate(c)),
          () -> "%04x in %s".formatted((int) c, all));
    }
    assertFalse(all.contains("\tat io.hakmem"), all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"table", "json", "md"})
  void sql(String format) {
    for (String query :
        List.of(
            "SELECT * FROM jfr." + quoted("evil." + NAME),
            "SELECT TRUNCATE_STACKTRACE(\"stackTrace\", 9), CLASS_NAME(\"type\"),"
                + " (\"eventThread\").\"javaName\" FROM "
                + quoted("evil." + NAME),
            "FROM hakmem.frames ORDER BY ALL",
            "FROM hakmem.event_types ORDER BY ALL",
            "SHOW ALL TABLES",
            "DESCRIBE " + quoted("evil." + NAME))) {
      MainRun run = MainRun.of("sql", "--format", format, file.toString(), query);
      assertEquals(0, run.code(), run.err());
      harmless(run);
      assertFalse(format.equals("md") && run.out().contains("<script>"), run.out());
      assertFalse(format.equals("md") && run.out().contains("[x](java"), run.out());
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Test
  void csvIsExact() {
    MainRun run =
        MainRun.of(
            "sql",
            "--format",
            "csv",
            file.toString(),
            "SELECT " + quoted(NAME) + " AS v FROM " + quoted("evil." + NAME));
    assertEquals("v\n" + quoted(STORED) + "\n", run.out(), run.err());
  }

  @Test
  void nothingOfItIsRun() throws Exception {
    try (EventTables tables = EventTables.load(List.of(file));
        Statement statement = tables.database().connection().createStatement();
        ResultSet threads =
            statement.executeQuery("SELECT value.\"javaName\" FROM hakmem.threads")) {
      assertTrue(threads.next());
      assertEquals(STORED, threads.getString(1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"analyze", "doctor", "analyze --hypothesis free"})
  void verdicts(String command) {
    for (String format : List.of("text", "json", "md")) {
      List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
      arguments.addAll(List.of("--format", format, file.toString()));
      MainRun run = MainRun.of(arguments.toArray(new String[0]));
      assertTrue(run.code() == 0 || run.code() == 1, run.out() + run.err());
      assertFalse(run.out().isBlank());
      harmless(run);
      if (format.equals("md")) {
        assertFalse(run.out().contains("<script>"), run.out());
        assertFalse(run.out().contains("[x](java"), run.out());
        assertFalse(run.out().contains("&lt;") && !run.out().contains("\\&lt;"), run.out());
      }
    }
  }

  @Test
  void comparison() {
    for (String format : List.of("text", "json", "md")) {
      MainRun run = MainRun.of("compare", "--format", format, file.toString(), file.toString());
      assertEquals(0, run.code(), run.err());
      harmless(run);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hot-methods",
        "hot-lines",
        "slow-path-reasons",
        "slow-path-causes",
        "free-path-changes",
        "threads-of-slow-paths",
        "layers",
        "application-packages"
      })
  void queries(String name) {
    for (String format : List.of("table", "json", "md")) {
      MainRun run = MainRun.of("query", name, "--format", format, file.toString());
      assertEquals(0, run.code(), run.err());
      harmless(run);
    }
  }

  @Test
  void exportedFilesStayInTheirFolderAndKeepTheText() throws Exception {
    Path target = folder.resolve("all.csv");
    MainRun run = MainRun.of("export", file.toString(), "--to", target.toString());
    assertEquals(0, run.code(), run.err());
    harmless(run);
    try (Stream<Path> files = Files.list(target)) {
      assertTrue(
          files.map(f -> f.getFileName().toString()).allMatch(f -> f.matches("[\\w.$-]+\\.csv")));
    }
    Path database = folder.resolve("all.duckdb");
    MainRun whole = MainRun.of("export", file.toString(), "--to", database.toString());
    assertEquals(0, whole.code(), whole.err());
    try (Connection plain = DriverManager.getConnection("jdbc:duckdb:" + database);
        Statement statement = plain.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT %s FROM %s".formatted(quoted(NAME), quoted("evil." + NAME)))) {
      assertTrue(rows.next());
      assertEquals(STORED, rows.getString(1));
    }
  }

  @Test
  void unknownTablesAreNamedInOneLine() {
    MainRun run =
        MainRun.of("export", file.toString(), "--table", "evil." + NAME + "x", "--to", "x.csv");
    assertEquals(2, run.code());
    harmless(run);
    MainRun sql =
        MainRun.of("sql", file.toString(), "SELECT \"evl\" FROM " + quoted("evil." + NAME));
    assertEquals(2, sql.code());
    harmless(sql);
  }

  @Test
  void completionOffersOnlyWhatATerminalMayShow() throws Exception {
    try (EventTables tables = EventTables.load(List.of(file))) {
      ShellCompleter completer =
          new ShellCompleter(UserSql.lock(tables.database().connection()).catalog());
      List<String> words = new ArrayList<>(completer.suggestions("SELECT ", "SELECT "));
      words.addAll(completer.suggestions(".schema ", ".schema "));
      assertTrue(words.contains("\"jdk.ExecutionSample\""), words::toString);
      assertTrue(
          words.stream().allMatch(w -> w.chars().allMatch(c -> c >= ' ' && c < 0x7f)),
          words::toString);
    }
  }

  @Test
  void tablesAreListedInTheShell() throws Exception {
    java.io.InputStream before = System.in;
    System.setIn(
        new java.io.ByteArrayInputStream(
            ".tables evil\n.tables\n".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    try {
      MainRun run = MainRun.of("sql", file.toString());
      assertEquals(0, run.code(), run.err());
      assertTrue(run.out().contains("evil.\\x1B[31m"), run.out());
      harmless(run);
    } finally {
      System.setIn(before);
    }
  }
}
