package io.hakmem.analysis.tables;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.recording.HandMade;
import io.hakmem.analysis.recording.HandMade.Shape;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two hundred files with wrong bytes, the same ones each time. */
class MutatedRecordingTest {

  private static final int FILES = 200;

  @TempDir Path folder;

  /** Small, so that each file is soon loaded, and most bytes matter. */
  private static HandMade rich() {
    HandMade chunk = HandMade.chunk();
    Shape symbol = chunk.type("jdk.types.Symbol").with(chunk.field("string", "java.lang.String"));
    Shape type =
        chunk
            .type("java.lang.Class")
            .with(chunk.field("name", symbol).constant(), chunk.field("modifiers", "int"));
    Shape method =
        chunk
            .type("jdk.types.Method")
            .with(
                chunk.field("type", type).constant(),
                chunk.field("name", symbol).constant(),
                chunk.field("descriptor", symbol).constant());
    Shape frame =
        chunk
            .type("jdk.types.StackFrame")
            .with(chunk.field("method", method).constant(), chunk.field("lineNumber", "int"));
    Shape stack =
        chunk
            .type("jdk.types.StackTrace")
            .with(chunk.field("truncated", "boolean"), chunk.field("frames", frame).array());
    Shape thread =
        chunk
            .type("java.lang.Thread")
            .with(chunk.field("javaName", "java.lang.String"), chunk.field("javaThreadId", "long"));
    Shape point =
        chunk.type("test.Point").with(chunk.field("x", "int"), chunk.field("name", symbol));
    Shape event =
        chunk
            .event("test.Rich")
            .with(
                chunk.field("duration", "long").unit("Timespan TICKS"),
                chunk.field("eventThread", thread).constant(),
                chunk.field("stackTrace", stack).constant(),
                chunk.field("time", "long").unit("Timestamp MILLISECONDS_SINCE_EPOCH"),
                chunk.field("text", "java.lang.String"),
                chunk.field("numbers", "long").array(),
                chunk.field("points", point).array(),
                chunk.field("type", type).constant(),
                chunk.field("whole", "double"));
    chunk
        .constant(symbol, 1, out -> out.text("a/B"))
        .constant(symbol, 2, out -> out.text("run"))
        .constant(symbol, 3, out -> out.text("(I[J)V"))
        .constant(type, 1, out -> out.u8(1).u4(1))
        .constant(method, 1, out -> out.u8(1).u8(2).u8(3))
        .constant(stack, 1, out -> out.u1(0).u4(2).u8(1).u4(7).u8(1).u4(8))
        .constant(thread, 1, out -> out.text("main").u8(1))
        .constant(chunk.type("java.lang.String"), 1, out -> out.text("a constant text"));
    for (int i = 0; i < 20; i++) {
      int n = i;
      chunk.event(
          event,
          i,
          out ->
              out.u8(n)
                  .u8(1)
                  .u8(1)
                  .u8(1_700_000_000_000L)
                  .constantText(1)
                  .u4(2)
                  .u8(n)
                  .u8(-n)
                  .u4(1)
                  .u4(n)
                  .chars("≤" + n)
                  .u8(1)
                  .raw(new byte[] {0x40, 9, 0x21, 0, 0, 0, 0, (byte) n}));
    }
    return chunk;
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void noneHangsOrFails() throws Exception {
    Path whole = rich().write(folder.resolve("whole.jfr"));
    String all = Mutations.everything(whole);
    assertTrue(all.contains("a constant text") && all.contains("a.B.run(int, long[])"), all);
    Mutations mutations = new Mutations(rich().toBytes(), folder.resolve("mutated.jfr"));
    int loaded = 0;
    for (int seed = 1; seed <= FILES; seed++) {
      loaded += mutations.survive(seed) ? 1 : 0;
    }
    int tables = loaded;
    assertTrue(loaded > FILES / 20 && loaded < FILES, () -> tables + " had tables");
  }
}
