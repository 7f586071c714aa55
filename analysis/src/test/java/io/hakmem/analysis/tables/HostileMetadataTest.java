package io.hakmem.analysis.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.recording.HandMade;
import io.hakmem.analysis.recording.HandMade.Shape;
import io.hakmem.analysis.recording.RecordingException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Metadata and constants that no JVM writes: the file is refused in a line, or read around it. */
class HostileMetadataTest {

  @TempDir Path folder;

  private HandMade chunk = HandMade.chunk();

  @BeforeEach
  void anew() {
    chunk = HandMade.chunk();
  }

  private EventTables load() throws Exception {
    return EventTables.load(List.of(chunk.write(folder.resolve("made.jfr"))));
  }

  private List<String> query(String sql) throws Exception {
    try (EventTables tables = load()) {
      return query(tables, sql);
    }
  }

  private static List<String> query(EventTables tables, String sql) throws SQLException {
    List<String> result = new ArrayList<>();
    try (Statement statement = tables.database().connection().createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        List<String> row = new ArrayList<>();
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.add(String.valueOf(rows.getObject(i)));
        }
        result.add(String.join("|", row));
      }
    }
    return result;
  }

  private String refusal() throws Exception {
    Path file = chunk.write(folder.resolve("made.jfr"));
    RecordingException refused =
        assertThrows(RecordingException.class, () -> EventTables.load(List.of(file)).close());
    return String.valueOf(refused.getMessage());
  }

  @Test
  void columnsThatDifferOnlyInCase() throws Exception {
    Shape point = chunk.type("test.Point").with(chunk.field("x", "int"), chunk.field("X", "int"));
    Shape event =
        chunk
            .event("test.Twins")
            .with(
                chunk.field("size", "int"),
                chunk.field("Size", "java.lang.String"),
                chunk.field("size", "long"),
                chunk.field("", "int"),
                chunk.field("point", point));
    chunk.event(event, 1, out -> out.u4(1).text("two").u8(3).u4(4).u4(5).u4(6));
    assertEquals(
        List.of("1|two|3|4|5|6"),
        query(
            "SELECT size, \"Size_2\", size_3, \"(no name)\", (point).x, (point).\"X_2\""
                + " FROM \"test.Twins\""));
  }

  @Test
  void typesThatDifferOnlyInCase() throws Exception {
    for (String name :
        List.of("a.B", "a.b", "a.B_2", "a.B#2", "", "a\0b", "a\u2400b", "a\"b'c\n")) {
      Shape event = chunk.event(name).with(chunk.field("name", "java.lang.String"));
      chunk.event(event, 1, out -> out.text(name.isEmpty() ? "empty" : name.replace("\0", "zero")));
    }
    try (EventTables tables = load()) {
      assertEquals(List.of("a.B"), query(tables, "SELECT name FROM \"a.B\""));
      assertEquals(List.of("a.b"), query(tables, "SELECT name FROM \"a.b_2\""));
      assertEquals(List.of("a.B_2"), query(tables, "SELECT name FROM \"a.B_2_2\""));
      assertEquals(List.of("a.B#2"), query(tables, "SELECT name FROM \"a.B#2\""));
      assertEquals(List.of("empty"), query(tables, "SELECT name FROM \"(no name)\""));
      assertEquals(List.of("azerob"), query(tables, "SELECT name FROM \"a\u2400b\""));
      assertEquals(List.of("a\u2400b"), query(tables, "SELECT name FROM \"a\u2400b_2\""));
      assertEquals(List.of("a\"b'c\n"), query(tables, "SELECT name FROM \"a\"\"b'c\n\""));
      assertEquals(1, tables.count("a.b_2"));
    }
  }

  /** As when two class loaders have the same class, here with other annotations. */
  @Test
  void oneNameTwiceInAChunk() throws Exception {
    Shape nanos =
        chunk
            .event("first", "test.Span")
            .with(chunk.field("span", "long").unit("Timespan NANOSECONDS"));
    Shape millis =
        chunk
            .event("second", "test.Span")
            .with(chunk.field("span", "long").unit("Timespan MILLISECONDS"));
    for (int i = 0; i < 3; i++) {
      chunk.event(nanos, 1, out -> out.u8(5));
      chunk.event(millis, 2, out -> out.u8(5));
    }
    assertEquals(
        List.of("5|3", "5000000|3"),
        query("SELECT span, count(*) FROM \"test.Span\" GROUP BY 1 ORDER BY 1"));
  }

  @Test
  void anEventThatBreaksOffInsideOfAnObjectLeavesTheOthersAsTheyAre() throws Exception {
    Shape point =
        chunk
            .type("test.Point")
            .with(chunk.field("x", "int"), chunk.field("name", "java.lang.String"));
    Shape event =
        chunk
            .event("test.Broken")
            .with(
                chunk.field("points", point).array(),
                chunk.field("point", point),
                chunk.field("last", "java.lang.String"));
    for (int i = 0; i < 5; i++) {
      int x = i;
      chunk.event(
          event,
          i,
          out -> {
            out.u4(1).u4(x).text("in").u4(x);
            if (x % 2 == 1) {
              out.u1(99); // no way of writing a text
            } else {
              out.text("p" + x).text("last" + x);
            }
          });
    }
    assertEquals(
        List.of("0|0|p0|last0", "2|2|p2|last2", "4|4|p4|last4"),
        query("SELECT points[1].x, (point).x, (point).name, last FROM \"test.Broken\" ORDER BY 1"));
    try (EventTables tables = load()) {
      assertTrue(
          tables.outcomes().getFirst().damage().contains("unknown text encoding 99"),
          tables.outcomes()::toString);
      assertEquals(3, tables.outcomes().getFirst().events());
    }
  }

  @Test
  void aTypeThatHoldsItself() throws Exception {
    Shape self = chunk.type("test.Self");
    self.with(chunk.field("next", self));
    Shape event = chunk.event("test.Endless").with(chunk.field("self", self));
    chunk.event(event, 1, out -> {});
    assertTrue(refusal().contains("holds itself"), refusal());
  }

  /** Two of nothing, forty times: no bytes, but a billion steps to find that out. */
  @Test
  void aTypeOfABillionParts() throws Exception {
    Shape inner = chunk.type("test.T0");
    for (int i = 1; i < 40; i++) {
      Shape outer = chunk.type("test.T" + i);
      outer.with(chunk.field("a", inner), chunk.field("b", inner));
      inner = outer;
    }
    Shape event = chunk.event("test.Laughs").with(chunk.field("laughs", inner));
    chunk.event(event, 1, out -> {});
    assertTrue(refusal().contains("a field of nothing"), refusal());
  }

  @Test
  void anArrayOfNothing() throws Exception {
    Shape nothing = chunk.type("test.Nothing");
    Shape event = chunk.event("test.Empty").with(chunk.field("n", nothing).array());
    chunk.event(event, 1, out -> out.u4(Integer.MAX_VALUE));
    assertTrue(refusal().contains("a field of nothing"), refusal());
  }

  @Test
  void constantsThatReferToThemselves() throws Exception {
    Shape self = chunk.type("test.State");
    self.with(chunk.field("name", self).constant());
    Shape string = chunk.type("java.lang.String");
    Shape list = chunk.type("test.List");
    list.with(chunk.field("n", "int"), chunk.field("all", list).constant().array());
    chunk.constant(self, 1, out -> out.u8(1));
    chunk.constant(string, 1, out -> out.constantText(1));
    chunk.constant(list, 1, out -> out.u4(5).u4(1).u8(1));
    Shape event =
        chunk
            .event("test.Loops")
            .with(
                chunk.field("state", self).constant(),
                chunk.field("text", "java.lang.String"),
                chunk.field("list", list).constant());
    chunk.event(event, 1, out -> out.u8(1).constantText(1).u8(1));
    assertEquals(
        List.of("null|null|5"), query("SELECT state, \"text\", (list).n FROM \"test.Loops\""));
  }

  @Test
  void aTypeWithoutFieldsHasNoTable() throws Exception {
    Shape other = chunk.event("test.Other");
    chunk.event(other, 1, out -> {});
    Shape bare = chunk.bareEvent("test.Bare");
    chunk.event(bare, 1, out -> {});
    try (EventTables tables = load()) {
      assertEquals(1, tables.count("test.Other"));
      assertEquals(false, tables.knows("test.Bare"));
    }
  }

  /** The file has holes: its hundreds of megabytes take no space. */
  @Test
  void anEventLargerThanMemoryIsNotBelieved() throws Exception {
    Shape event = chunk.event("test.Small").with(chunk.field("n", "int"));
    chunk.event(event, 1, out -> out.u4(7));
    Path file = chunk.write(folder.resolve("huge.jfr"));
    long length = 1L << 30;
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      long end = bytes.length();
      bytes.seek(end);
      bytes.write(new byte[] {(byte) 0xFF, (byte) 0xFF, (byte) 0xFF, (byte) 0xFE, 0x01, 0x7F});
      bytes.setLength(length);
      bytes.seek(Long.BYTES);
      bytes.writeLong(length);
    }
    try (EventTables tables = EventTables.load(List.of(file))) {
      assertEquals(1, tables.count("test.Small"));
      String damage = tables.outcomes().getFirst().damage();
      assertTrue(damage.contains("an event of 534773759 bytes"), damage);
    }
  }
}
