package io.hakmem.analysis.query;

import io.hakmem.analysis.tables.TablesException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes of DuckDB's errors one line, the place in the SQL, and the name that was probably meant.
 */
final class SqlErrors {

  private static final Pattern TABLE =
      Pattern.compile("Table(?: Function)? with name \"?(.+?)\"? does not exist");
  private static final Pattern FUNCTION =
      Pattern.compile(
          "(?:Scalar |Aggregate |Table )?Function with name \"?(.+?)\"? does not exist");
  private static final Pattern COLUMN =
      Pattern.compile("(?:Referenced column|column named|Referenced table) \"(.+?)\"");
  private static final Pattern KEY = Pattern.compile("Could not find key \"(.+?)\" in struct");
  private static final Pattern CANDIDATE = Pattern.compile("\"([^\"]+)\"");
  private static final Pattern LOCATION = Pattern.compile("\\[(\\d+),(\\d+)]");

  private final Connection connection;

  SqlErrors(Connection connection) {
    this.connection = connection;
  }

  /** An error of a statement that ran or was planned; its message is JSON. */
  QueryException of(SQLException failure, String sql) {
    String message = String.valueOf(failure.getMessage());
    int json = message.indexOf('{');
    if (json < 0) {
      return place(message, null, sql, 0, failure);
    }
    try (PreparedStatement statement =
        connection.prepareStatement(Query.read("catalog/error").sql())) {
      statement.setString(1, message.substring(json));
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        String text = String.valueOf(row.getString("message"));
        if ("INTERNAL".equals(row.getString("kind"))) {
          throw new TablesException("DuckDB failed: " + text, failure);
        }
        return place(text, row.getString("location"), sql, 0, failure);
      }
    } catch (SQLException e) {
      return place(message, null, sql, 0, failure);
    }
  }

  /** An error of the parser, in the part of the SQL from an offset on. */
  QueryException of(String message, @Nullable String location, String sql, int from) {
    return place(message, location, sql, from, null);
  }

  private QueryException place(
      String message, @Nullable String location, String sql, int from, @Nullable Throwable cause) {
    int offset = -1;
    int length = 1;
    Matcher place = LOCATION.matcher(location == null ? "" : location);
    if (place.find()) {
      byte[] bytes = sql.substring(from).getBytes(StandardCharsets.UTF_8);
      int start = Math.min(Integer.parseInt(place.group(1)), bytes.length);
      int end = Math.min(start + Integer.parseInt(place.group(2)), bytes.length);
      offset = from + characters(bytes, 0, start);
      length = Math.max(1, characters(bytes, start, end));
    } else {
      Matcher key = KEY.matcher(message);
      if (key.find()) {
        offset = sql.indexOf(key.group(1));
        length = key.group(1).length();
      }
    }
    return new QueryException(explain(message, sql), sql, offset, length, cause);
  }

  /** DuckDB counts bytes of UTF-8. */
  private static int characters(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8).length();
  }

  private String explain(String message, String sql) {
    Matcher function = FUNCTION.matcher(message);
    if (function.find()) {
      String name = function.group(1);
      return "function " + name + " does not exist" + meant(name, catalog().functions(), "");
    }
    Matcher table = TABLE.matcher(message);
    if (table.find()) {
      return noTable(table.group(1));
    }
    Matcher column = COLUMN.matcher(message);
    if (column.find()) {
      String name = column.group(1);
      return "column \""
          + name
          + "\" does not exist"
          + meant(name, catalog().columnsNear(sql), "\"");
    }
    Matcher key = KEY.matcher(message);
    if (key.find()) {
      return "the struct has no field \"" + key.group(1) + "\"; it has " + candidates(message);
    }
    return message.lines().map(String::strip).filter(line -> !line.isEmpty()).findFirst().orElse("")
        + (message.contains("must appear in the GROUP BY") ? "; or use ANY_VALUE(…)" : "");
  }

  private String noTable(String name) {
    if (catalog().tables().containsKey(name)) {
      return "a table's name stands in double quotes: \"" + name + "\"";
    }
    String bare = name.startsWith("jfr.") ? name.substring("jfr.".length()) : name;
    if (catalog().tables().containsKey(bare)) {
      return "a table's name stands in double quotes: jfr.\"" + bare + "\"";
    }
    String hint = meant(bare, catalog().tables().keySet(), "\"");
    return "table \""
        + bare
        + "\" does not exist"
        + (hint.isEmpty() ? "; SHOW ALL TABLES lists those of the recording" : hint);
  }

  private static String meant(String name, Collection<String> names, String quote) {
    Optional<String> near = Nearest.to(name, names);
    return near.map(n -> "; did you mean " + quote + n + quote + "?").orElse("");
  }

  /** The names in quotes after the first line. */
  private static String candidates(String message) {
    int rest = message.indexOf('\n');
    Matcher candidate = CANDIDATE.matcher(rest < 0 ? "" : message.substring(rest));
    StringBuilder names = new StringBuilder();
    while (candidate.find()) {
      names.append(names.isEmpty() ? "" : ", ").append('"').append(candidate.group(1)).append('"');
    }
    return names.isEmpty() ? "others" : names.toString();
  }

  private Catalog catalog() {
    return Catalog.of(connection);
  }
}
