package io.hakmem.analysis.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.query.QueryException;
import io.hakmem.analysis.query.ResultColumn;
import io.hakmem.analysis.query.ResultWriter;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResultFormatTest {

  private static final String HOSTILE =
      "\u001b[2J\u001b]0;title\u0007|a,b\"c\"\r\nd\t\u202e<script>`x`\u0000\ud800\u009b31m";

  private static String write(
      ResultFormat format,
      int width,
      List<ResultColumn> columns,
      List<List<@Nullable Object>> rows) {
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    ResultWriter writer = format.writer(out, width);
    writer.begin(columns);
    rows.forEach(writer::row);
    writer.end();
    out.flush();
    return text.toString();
  }

  private static String write(ResultFormat format, @Nullable Object value) {
    return write(
        format,
        ResultFormat.UNLIMITED,
        List.of(new ResultColumn("v", false), new ResultColumn("n", true)),
        List.of(Arrays.asList(value, 7)));
  }

  @ParameterizedTest
  @EnumSource(names = {"table", "md", "json"})
  void nothingThatATerminalObeysComesThrough(ResultFormat format) {
    String text = write(format, HOSTILE);
    assertTrue(text.chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)), text);
    assertEquals(
        format == ResultFormat.json ? 3 : format == ResultFormat.md ? 3 : 2,
        text.lines().count(),
        text);
  }

  @Test
  void tableShowsWhatItCannotPrint() {
    assertEquals(
        "v                    n\n\\x1B[31m a\\nb\\u202E  7\n",
        write(ResultFormat.table, "\u001b[31m a\nb\u202e\n"));
    assertEquals("v     n\nNULL  7\n", write(ResultFormat.table, null));
  }

  @Test
  void csvIsExact() {
    assertEquals("v,n\n\"a,\"\"b\"\"\r\n|\",7\n", write(ResultFormat.csv, "a,\"b\"\r\n|"));
    assertEquals("v,n\n,7\n", write(ResultFormat.csv, null));
    assertEquals("v,n\n\"\",7\n", write(ResultFormat.csv, ""));
    assertTrue(write(ResultFormat.csv, HOSTILE).contains(HOSTILE.replace("\"", "\"\"")));
  }

  @Test
  void markdownEscapesMarkup() {
    assertEquals(
        "| v | n |\n|---|---:|\n| a\\|b\\<i\\>\\`c\\`\\\\n | 7 |\n",
        write(ResultFormat.md, "a|b<i>`c`\\n"));
  }

  @Test
  void jsonKeepsTypesAndNames() {
    Map<String, @Nullable Object> struct = new LinkedHashMap<>();
    struct.put("javaName", "main");
    struct.put("none", null);
    assertEquals(
        "[\n  {\"v\": {\"javaName\": \"main\", \"none\": null}, \"n\": 7}\n]\n",
        write(ResultFormat.json, struct));
    List<ResultColumn> twice =
        List.of(
            new ResultColumn("a", true),
            new ResultColumn("a", true),
            new ResultColumn("a_1", true));
    assertEquals(
        "[\n  {\"a\": 9223372036854775808, \"a_2\": \"NaN\", \"a_1\": true}\n]\n",
        write(
            ResultFormat.json,
            80,
            twice,
            List.of(Arrays.asList(BigInteger.ONE.shiftLeft(63), Double.NaN, true))));
    assertEquals("[]\n", write(ResultFormat.json, 80, twice, List.of()));
  }

  @Test
  void onlyATableOnATerminalCuts() {
    String wide = "字".repeat(100);
    List<ResultColumn> columns =
        List.of(
            new ResultColumn("time", false),
            new ResultColumn("text", false),
            new ResultColumn("number", true));
    List<List<@Nullable Object>> rows =
        List.of(Arrays.asList("2026-11-22 13:12:04.916882269", wide, Long.MIN_VALUE));
    String table = write(ResultFormat.table, 80, columns, rows);
    assertTrue(table.lines().allMatch(line -> VisibleText.width(line) <= 80), table);
    assertTrue(table.contains("2026-11-22 13:12:04.916882269  字"), table);
    assertTrue(table.contains("-9223372036854775808"), table);
    assertTrue(table.contains("…"), table);
    for (ResultFormat format : ResultFormat.values()) {
      assertTrue(write(format, ResultFormat.UNLIMITED, columns, rows).contains(wide));
      assertTrue(format == ResultFormat.table || write(format, 80, columns, rows).contains(wide));
    }
  }

  @Test
  void laterRowsKeepTheTerminalsWidth() {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 1_500; i++) {
      rows.add(List.of(i < 1_400 ? "x" : "y".repeat(200), i));
    }
    String table =
        write(
            ResultFormat.table,
            40,
            List.of(new ResultColumn("v", false), new ResultColumn("n", true)),
            rows);
    assertEquals(1_501, table.lines().count());
    assertTrue(table.lines().allMatch(line -> line.length() <= 40));
  }

  @Test
  void caretsStandBelowThePlace() {
    String sql = "SELECT 'ä字',\n\tfoo(3)";
    assertEquals(
        """
        hakmem: SQL: no foo
          line 2:  foo(3)
                   ^^^^^^
        """,
        SqlErrorText.render(new QueryException("no foo", sql, sql.indexOf("foo"), 6, null)));
    String far = "SELECT " + "a, ".repeat(100) + "b FROM t";
    String text = SqlErrorText.render(new QueryException("no b", far, far.indexOf('b'), 1, null));
    List<String> lines = text.lines().toList();
    assertEquals(3, lines.size());
    assertTrue(lines.get(1).length() <= 80, text);
    assertEquals('b', lines.get(1).charAt(lines.get(2).indexOf('^')));
  }
}
