package io.hakmem.analysis.tables;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.recording.HandMade;
import io.hakmem.analysis.recording.HandMade.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What differs between producers: the version in the header, integers at full width, threads and
 * classes with the fields of JDK 11, every way of writing a text. The JDK's own reader agrees as
 * far as it goes.
 */
class FormatVariantsTest {

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"1,0,true", "2,0,true", "2,0,false", "2,1,true", "2,1,false", "2,9,true"})
  void sameTables(int major, int minor, boolean compressed) throws Exception {
    HandMade chunk = HandMade.chunk(major, minor, compressed);
    Shape event = fill(chunk);
    chunk.event(
        event,
        5,
        out ->
            out.u8(17)
                .u8(1)
                .u8(3)
                .u1(1)
                .u1(-7)
                .u2(-1009)
                .u2('ß')
                .u4(Integer.MIN_VALUE)
                .u8(Long.MIN_VALUE)
                .raw(new byte[] {0x3F, 0, 0, 0})
                .raw(new byte[] {0x40, 0x09, 0x21, (byte) 0xFB, 0x54, 0x44, 0x2D, 0x18})
                .constantText(4)
                .latin1("größer")
                .chars("≤\uD83D\uDE00")
                .u8(2));
    Path file = chunk.write(folder.resolve("made.jfr"));
    try (EventTables tables = EventTables.load(List.of(file));
        Statement statement = tables.database().connection().createStatement();
        ResultSet row =
            statement.executeQuery(
                """
                SELECT concat_ws('|', epoch_ns("startTime"), duration, ("eventThread")."javaName",
                         ("eventThread")."javaThreadId", ("eventThread")."group", TRUNCATE_STACKTRACE("stackTrace", 9),
                         flag, small, medium, letter, number, large, half, whole, pooled, narrow, wide,
                         CLASS_NAME("type"), ("type")."classLoader")
                FROM "test.All"
                """)) {
      assertTrue(row.next());
      assertEquals(
          "1700000000000000005|17|wörker|42|main|a.B.run(int, String[]):77\n|true|-7|-1009|ß"
              + "|-2147483648|-9223372036854775808|0.5|3.141592653589793|pooled text|größer"
              + "|≤\uD83D\uDE00|a.B|app",
          row.getString(1));
    }
    if (compressed) { // The JDK's reader takes all integers for compressed.
      RecordingOracle.Comparison comparison = RecordingOracle.compare(file);
      assertEquals(List.of(), comparison.differences());
      assertEquals(1, comparison.events());
    }
  }

  /** Types as JDK 11 has them: no virtual threads, no hidden classes, no frame types by number. */
  private static Shape fill(HandMade chunk) {
    Shape group =
        chunk
            .type("jdk.types.ThreadGroup")
            .with(chunk.field("name", "java.lang.String"), chunk.field("parent", "long"));
    Shape thread =
        chunk
            .type("java.lang.Thread")
            .with(
                chunk.field("osName", "java.lang.String"),
                chunk.field("osThreadId", "long"),
                chunk.field("javaName", "java.lang.String"),
                chunk.field("javaThreadId", "long"),
                chunk.field("group", group).constant());
    Shape symbol =
        chunk.type("jdk.types.Symbol").simple().with(chunk.field("string", "java.lang.String"));
    Shape loader =
        chunk
            .type("jdk.types.ClassLoader")
            .with(chunk.field("type", "long"), chunk.field("name", symbol).constant());
    Shape type =
        chunk
            .type("java.lang.Class")
            .with(
                chunk.field("classLoader", loader).constant(),
                chunk.field("name", symbol).constant(),
                chunk.field("modifiers", "int"));
    Shape method =
        chunk
            .type("jdk.types.Method")
            .with(
                chunk.field("type", type).constant(),
                chunk.field("name", symbol).constant(),
                chunk.field("descriptor", symbol).constant(),
                chunk.field("modifiers", "int"),
                chunk.field("hidden", "boolean"));
    Shape frameType =
        chunk
            .type("jdk.types.FrameType")
            .simple()
            .with(chunk.field("description", "java.lang.String"));
    Shape frame =
        chunk
            .type("jdk.types.StackFrame")
            .with(
                chunk.field("method", method).constant(),
                chunk.field("lineNumber", "int"),
                chunk.field("bytecodeIndex", "int"),
                chunk.field("type", frameType).constant());
    Shape stack =
        chunk
            .type("jdk.types.StackTrace")
            .with(chunk.field("truncated", "boolean"), chunk.field("frames", frame).array());
    chunk
        .constant(group, 9, out -> out.text("main").u8(0))
        .constant(thread, 1, out -> out.text("os").u8(4711).text("wörker").u8(42).u8(9))
        .constant(symbol, 1, out -> out.text("a/B"))
        .constant(symbol, 2, out -> out.text("run"))
        .constant(symbol, 3, out -> out.text("(I[Ljava/lang/String;)V"))
        .constant(symbol, 4, out -> out.text("app"))
        .constant(loader, 1, out -> out.u8(0).u8(4))
        .constant(type, 2, out -> out.u8(1).u8(1).u4(1))
        .constant(method, 5, out -> out.u8(2).u8(2).u8(3).u4(1).u1(0))
        .constant(frameType, 1, out -> out.text("JIT compiled"))
        .constant(stack, 3, out -> out.u1(0).u4(1).u8(5).u4(77).u4(6).u8(1))
        .constant(chunk.type("java.lang.String"), 4, out -> out.text("pooled text"));
    return chunk
        .event("test.All")
        .with(
            chunk.field("duration", "long").unit("Timespan TICKS"),
            chunk.field("eventThread", thread).constant(),
            chunk.field("stackTrace", stack).constant(),
            chunk.field("flag", "boolean"),
            chunk.field("small", "byte"),
            chunk.field("medium", "short"),
            chunk.field("letter", "char"),
            chunk.field("number", "int"),
            chunk.field("large", "long"),
            chunk.field("half", "float"),
            chunk.field("whole", "double"),
            chunk.field("pooled", "java.lang.String"),
            chunk.field("narrow", "java.lang.String"),
            chunk.field("wide", "java.lang.String"),
            chunk.field("type", type).constant());
  }

  /** Chunks of different producers behind each other, as "cat" makes them, are one recording. */
  @ParameterizedTest
  @CsvSource({"true,false", "false,true"})
  void chunksOfDifferentVariantsInOneFile(boolean first, boolean second) throws Exception {
    Path file = folder.resolve("both.jfr");
    byte[] a = two(HandMade.chunk(2, 0, first)).toBytes();
    byte[] b = two(HandMade.chunk(2, 1, second)).toBytes();
    Files.write(file, a);
    Files.write(file, b, StandardOpenOption.APPEND);
    try (EventTables tables = EventTables.load(List.of(file));
        Statement statement = tables.database().connection().createStatement();
        ResultSet row =
            statement.executeQuery("SELECT count(*), sum(number) FROM \"test.Small\"")) {
      assertTrue(row.next());
      assertEquals(4, row.getLong(1));
      assertEquals(2 * (300 - 5), row.getLong(2));
    }
  }

  private static HandMade two(HandMade chunk) {
    Shape event = chunk.event("test.Small").with(chunk.field("number", "int"));
    return chunk.event(event, 1, out -> out.u4(300)).event(event, 2, out -> out.u4(-5));
  }
}
