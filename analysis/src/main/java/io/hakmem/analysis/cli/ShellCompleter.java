package io.hakmem.analysis.cli;

import io.hakmem.analysis.query.Catalog;
import io.hakmem.analysis.query.QueryLibrary;
import io.hakmem.analysis.render.ResultFormat;
import io.hakmem.analysis.render.VisibleText;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes dot commands and their arguments, tables, columns, functions and keywords. */
final class ShellCompleter implements Completer {

  private static final Pattern BARE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final List<String> KEYWORDS =
      List.of(
          "AND",
          "AS",
          "ASC",
          "BETWEEN",
          "BY",
          "CASE",
          "CAST",
          "DESC",
          "DESCRIBE",
          "DISTINCT",
          "ELSE",
          "END",
          "EXISTS",
          "EXPLAIN",
          "FROM",
          "GROUP",
          "HAVING",
          "IN",
          "IS",
          "JOIN",
          "LEFT",
          "LIKE",
          "LIMIT",
          "NOT",
          "NULL",
          "OFFSET",
          "ON",
          "OR",
          "ORDER",
          "QUALIFY",
          "SELECT",
          "SUMMARIZE",
          "THEN",
          "UNION",
          "USING",
          "VALUES",
          "WHEN",
          "WHERE",
          "WITH");

  private final Catalog catalog;

  ShellCompleter(Catalog catalog) {
    this.catalog = catalog;
  }

  @Override
  public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
    suggestions(line.line().substring(0, line.cursor()), line.line())
        .forEach(text -> candidates.add(candidate(text)));
  }

  /** A function goes on with its arguments, everything else with a blank. */
  private static Candidate candidate(String text) {
    return new Candidate(text, text, null, null, null, null, !text.endsWith("("));
  }

  /** Everything that may stand at the end of the text before the cursor. */
  Set<String> suggestions(String before, String whole) {
    Set<String> words = new LinkedHashSet<>();
    if (SqlScript.isCommand(before)) {
      words.addAll(arguments(before.strip(), before.endsWith(" ")));
      return words;
    }
    visible(catalog.tables().keySet()).forEach(table -> words.add(quoted(table)));
    visible(catalog.columnsNear(whole)).forEach(column -> words.add(quoted(column)));
    catalog.functions().forEach(function -> words.add(function + "("));
    words.addAll(KEYWORDS);
    return words;
  }

  private Collection<String> arguments(String command, boolean more) {
    if (!more && !command.contains(" ")) {
      return SqlScript.COMMANDS;
    }
    return switch (command.split("\\s+", 2)[0]) {
      case ".schema", ".tables" -> visible(catalog.tables().keySet());
      case ".query" -> QueryLibrary.names();
      case ".format" -> Arrays.stream(ResultFormat.values()).map(Enum::name).toList();
      default -> List.of();
    };
  }

  /** A recording may have names that a terminal would obey: they are not offered. */
  private static List<String> visible(Collection<String> names) {
    return names.stream().filter(name -> VisibleText.of(name).equals(name)).toList();
  }

  private static String quoted(String name) {
    return BARE.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
