package io.hakmem.analysis.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.recording.ByteWriter;
import io.hakmem.analysis.recording.HandMade;
import io.hakmem.analysis.recording.HandMade.Shape;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Fields that are arrays. No event of a JDK has one, but the format does, and other producers may.
 * More elements than one vector of DuckDB's has, in each row and in all rows.
 */
class ArrayFieldsTest {

  private static final int ROWS = 5_003;
  private static final int VECTOR = 2_048;

  @TempDir static Path folder;

  private static Path file = Path.of("");

  @BeforeAll
  static void write() throws Exception {
    HandMade chunk = HandMade.chunk();
    Shape thread = chunk.type("java.lang.Thread").with(chunk.field("javaName", "java.lang.String"));
    Shape state = chunk.type("jdk.types.ThreadState").with(chunk.field("name", "java.lang.String"));
    Shape point =
        chunk
            .type("test.Point")
            .with(
                chunk.field("x", "int"),
                chunk.field("name", "java.lang.String"),
                chunk.field("tags", "java.lang.String").array(),
                chunk.field("owner", thread).constant());
    Shape holder = chunk.type("test.Holder").with(chunk.field("n", "int"), chunk.field("m", "int"));
    holder.with(chunk.field("inner", "long").array());
    Shape event =
        chunk
            .event("test.Arrays")
            .with(
                chunk.field("index", "int"),
                chunk.field("numbers", "long").array(),
                chunk.field("texts", "java.lang.String").array(),
                chunk.field("points", point).array(),
                chunk.field("threads", thread).constant().array(),
                chunk.field("states", state).constant().array(),
                chunk.field("spans", "long").unit("Timespan MILLISECONDS").array(),
                chunk.field("holder", holder).constant());
    for (int key = 1; key <= 3; key++) {
      String name = "thread-" + key;
      chunk.constant(thread, key, out -> out.text(name));
      chunk.constant(state, key, out -> out.text("STATE_" + name));
    }
    chunk.constant(holder, 7, out -> out.u4(1).u4(2).u4(2).u8(11).u8(-12));
    for (int row = 0; row < ROWS; row++) {
      int index = row;
      chunk.event(event, row, out -> arrays(out, index));
    }
    file = chunk.write(folder.resolve("arrays.jfr"));
  }

  /** One row has more elements than a vector, many have none. */
  private static int count(int row) {
    return row == 1_000 ? 3 * VECTOR : row % 5;
  }

  private static void arrays(ByteWriter out, int row) {
    int count = count(row);
    out.u4(row).u4(count);
    for (int i = 0; i < count; i++) {
      out.u8((long) row * i);
    }
    out.u4(count);
    for (int i = 0; i < count; i++) {
      out.text(text(row + i));
    }
    out.u4(count);
    for (int i = 0; i < count; i++) {
      out.u4(i).text(text(i)).u4(i % 3);
      for (int tag = 0; tag < i % 3; tag++) {
        out.text(text(row + tag));
      }
      out.u8(i % 3);
    }
    out.u4(count);
    for (int i = 0; i < count; i++) {
      out.u8(i % 5); // 0 and 4 are not among the constants
    }
    out.u4(count);
    for (int i = 0; i < count; i++) {
      out.u8(i % 5);
    }
    out.u4(count);
    for (int i = 0; i < count; i++) {
      out.u8(i);
    }
    out.u8(row % 2 == 0 ? 7 : 0);
  }

  private static @Nullable String text(int i) {
    return switch (i % 4) {
      case 0 -> null;
      case 1 -> "";
      case 2 -> "short";
      default -> "a text that does not fit into a vector's entry " + i;
    };
  }

  private static List<String> expected(Element element) {
    List<String> rows = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      List<String> elements = new ArrayList<>();
      for (int i = 0; i < count(row); i++) {
        elements.add(element.of(row, i));
      }
      rows.add("[" + String.join(",", elements) + "]");
    }
    return rows;
  }

  /** JSON of an element. */
  private interface Element {
    String of(int row, int i);
  }

  private static String json(@Nullable String text) {
    return text == null ? "null" : '"' + text + '"';
  }

  private static List<String> actual(String column) throws Exception {
    try (EventTables tables = EventTables.load(List.of(file))) {
      assertEquals("", tables.outcomes().getFirst().damage());
      return column(tables, "SELECT to_json(" + column + ") FROM \"test.Arrays\" ORDER BY index");
    }
  }

  private static List<String> column(EventTables tables, String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = tables.database().connection().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
    }
    return values;
  }

  @Test
  void numbers() throws Exception {
    assertEquals(expected((row, i) -> String.valueOf((long) row * i)), actual("numbers"));
    assertEquals(expected((row, i) -> String.valueOf(i * 1_000_000L)), actual("spans"));
  }

  @Test
  void textsWithNulls() throws Exception {
    assertEquals(expected((row, i) -> json(text(row + i))), actual("texts"));
  }

  @Test
  void objectsWithNullsAndArraysOfTheirOwn() throws Exception {
    assertEquals(expected(ArrayFieldsTest::point), actual("points"));
  }

  private static String point(int row, int i) {
    List<String> tags = new ArrayList<>();
    for (int tag = 0; tag < i % 3; tag++) {
      tags.add(json(text(row + tag)));
    }
    return "{\"x\":%d,\"name\":%s,\"tags\":[%s],\"owner\":%s}"
        .formatted(i, json(text(i)), String.join(",", tags), i % 3 == 0 ? "null" : owner(i % 3));
  }

  private static String owner(int key) {
    return "{\"osName\":null,\"osThreadId\":null,\"javaName\":\"thread-"
        + key
        + "\",\"javaThreadId\":-1,\"group\":null,\"virtual\":false}";
  }

  @Test
  void constantsOfWhichSomeAreMissing() throws Exception {
    assertEquals(
        expected((row, i) -> i % 5 == 0 || i % 5 == 4 ? "null" : json("STATE_thread-" + i % 5)),
        actual("states"));
    assertEquals(
        expected((row, i) -> i % 5 == 0 || i % 5 == 4 ? "null" : json("thread-" + i % 5)),
        actual("list_transform(threads, lambda t: t.\"javaName\")"));
  }

  @Test
  void anAbsentObjectHasAnAbsentArray() throws Exception {
    List<String> holders = actual("holder");
    List<String> lists = actual("holder.inner");
    for (int row = 0; row < ROWS; row++) {
      boolean there = row % 2 == 0;
      assertEquals(there ? "{\"n\":1,\"m\":2,\"inner\":[11,-12]}" : "null", holders.get(row));
      assertEquals(there ? "[11,-12]" : "null", lists.get(row));
    }
  }

  @Test
  void elementsCanBeCountedAndUnnested() throws Exception {
    long elements = 0;
    for (int row = 0; row < ROWS; row++) {
      elements += count(row);
    }
    assertTrue(elements > 4 * VECTOR);
    try (EventTables tables = EventTables.load(List.of(file))) {
      assertEquals(
          List.of(String.valueOf(elements)),
          column(tables, "SELECT count(*) FROM (SELECT unnest(points) FROM \"test.Arrays\")"));
    }
  }
}
