package io.hakmem.analysis.cli;

import io.hakmem.analysis.query.MissingEventException;
import io.hakmem.analysis.query.Query;
import io.hakmem.analysis.query.QueryException;
import io.hakmem.analysis.query.QueryLibrary;
import io.hakmem.analysis.query.ResultColumn;
import io.hakmem.analysis.query.ResultWriter;
import io.hakmem.analysis.query.Statements;
import io.hakmem.analysis.query.UnknownQueryException;
import io.hakmem.analysis.query.UserSql;
import io.hakmem.analysis.render.ResultFormat;
import io.hakmem.analysis.render.SqlErrorText;
import io.hakmem.analysis.tables.EventTables;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;

/**
 * Runs statements and the shell's dot commands, one after the other, wherever they come from. Not
 * thread-safe, but for {@link #cancel}.
 */
final class SqlScript {

  static final List<String> COMMANDS =
      List.of(".exit", ".format", ".help", ".queries", ".query", ".quit", ".schema", ".tables");

  private static final String HELP =
      """
      SELECT …;         SQL of DuckDB; a statement ends at the semicolon
      .tables [TEXT]    event types that have events; with TEXT all whose names contain it
      .schema TABLE     its columns and their types
      .queries          the queries that come with hakmem
      .query NAME       runs one of them
      .format FORMAT    table, csv, json or md
      .help             this
      .quit             ends, as Ctrl-D does; Ctrl-C stops a statement or drops a line
      """;

  private final EventTables tables;
  private final UserSql sql;
  private final QueryRun queries;
  private final PrintWriter out;
  private final PrintWriter err;
  private ResultFormat format;
  private int width;
  private boolean first = true;

  SqlScript(EventTables tables, ResultFormat format, int width, PrintWriter out, PrintWriter err) {
    this.tables = tables;
    this.queries = new QueryRun(tables);
    this.sql = UserSql.lock(tables.database().connection());
    this.format = format;
    this.width = width;
    this.out = out;
    this.err = err;
  }

  /** The terminal may change its size while a shell runs. */
  void width(int columns) {
    width = columns;
  }

  UserSql sql() {
    return sql;
  }

  /** Runs every statement of a text; stops at the first that fails. The exit code. */
  int runAll(String text) {
    for (String statement : Statements.all(text)) {
      int code = run(statement);
      if (code != Main.OK) {
        return code;
      }
    }
    return Main.OK;
  }

  /** Runs one statement without its semicolon, and says what is wrong with it. The exit code. */
  int run(String statement) {
    try {
      ResultWriter writer = writer();
      UserSql.Checked checked = sql.run(statement, writer);
      out.flush();
      if (!checked.ordered()) {
        err.println("hakmem: note: LIMIT without ORDER BY: which rows these are is chance");
        err.flush();
      }
      return Main.OK;
    } catch (QueryException e) {
      out.flush();
      err.print(SqlErrorText.render(e));
      err.flush();
      return Main.USAGE;
    }
  }

  /** Results after the first stand apart by an empty line. */
  private ResultWriter writer() {
    if (!first && format != ResultFormat.json) {
      out.println();
    }
    first = false;
    return format.writer(out, width);
  }

  /** Stops the statement that runs; any thread may call this. */
  void cancel() {
    sql.cancel();
  }

  /** Whether a line is a dot command. */
  static boolean isCommand(String line) {
    return line.strip().startsWith(".");
  }

  /** Whether a line ends the shell. */
  static boolean isQuit(String line) {
    String command = line.strip();
    return command.equals(".quit") || command.equals(".exit");
  }

  /** Runs a dot command. The exit code. */
  int command(String line) {
    String[] words = line.strip().split("\\s+", 2);
    String argument = words.length < 2 ? "" : words[1].strip();
    return switch (words[0]) {
      case ".help" -> print(HELP);
      case ".tables" -> tables(argument);
      case ".schema" -> schema(argument);
      case ".queries" -> list();
      case ".query" -> query(argument);
      case ".format" -> format(argument);
      default -> fail("there is no command " + words[0] + "; .help lists them");
    };
  }

  private int print(String text) {
    out.print(text);
    out.flush();
    return Main.OK;
  }

  private int fail(String message) {
    out.flush();
    err.println("hakmem: " + message);
    err.flush();
    return Main.USAGE;
  }

  private int tables(String part) {
    ResultWriter writer = writer();
    writer.begin(List.of(new ResultColumn("table", false), new ResultColumn("events", true)));
    for (String table : sql.catalog().tables().keySet()) {
      boolean event = tables.knows(table);
      boolean wanted = part.isEmpty() ? tables.count(table) > 0 : table.contains(part);
      if (event && wanted) {
        writer.row(Arrays.asList(table, tables.count(table)));
      }
    }
    writer.end();
    out.flush();
    return Main.OK;
  }

  private int schema(String table) {
    String name =
        table.replace("\"", "").replaceFirst(";$", "").replaceFirst("^jfr\\.", "").strip();
    return name.isEmpty()
        ? fail(".schema needs a table, for example .schema jdk.ExecutionSample")
        : run(
            "SELECT column_name AS \"column\", column_type AS \"type\" FROM (DESCRIBE \""
                + name
                + "\")");
  }

  private int list() {
    QueriesCommand.list(writer(), format);
    out.flush();
    return Main.OK;
  }

  private int query(String name) {
    try {
      Query query = QueryLibrary.find(name.replaceFirst(";$", "").strip());
      queries.prepare(query);
      int code = run(query.sql());
      queries.notes(query).forEach(note -> err.println("hakmem: note: " + note));
      err.flush();
      return code;
    } catch (UnknownQueryException | MissingEventException e) {
      return fail(String.valueOf(e.getMessage()));
    }
  }

  private int format(String name) {
    for (ResultFormat one : ResultFormat.values()) {
      if (one.name().equals(name)) {
        format = one;
        return Main.OK;
      }
    }
    return fail("there is no format \"" + name + "\"; choose table, csv, json or md");
  }
}
