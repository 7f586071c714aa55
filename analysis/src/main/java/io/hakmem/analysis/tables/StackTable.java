package io.hakmem.analysis.tables;

import io.hakmem.analysis.tables.BatchColumn.Longs;
import io.hakmem.analysis.tables.BatchColumn.Texts;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;

/** Stack traces, each stored once, at full depth, a row for each frame. */
final class StackTable {

  private static final int IDENTITIES = 1 << 16;

  private final ReferenceTable<RecordedMethod> methods;
  private final IdentityHashMap<RecordedStackTrace, Long> byIdentity = new IdentityHashMap<>();
  private final Map<Fingerprint, Long> byContent = new HashMap<>();

  private final Longs stack = new Longs();
  private final Longs depth = new Longs();
  private final Longs truncated = new Longs();
  private final TableWriter stackWriter;

  private final Longs frameStack = new Longs();
  private final Longs framePosition = new Longs();
  private final Longs frameMethod = new Longs();
  private final Longs frameLine = new Longs();
  private final Longs frameBytecodeIndex = new Longs();
  private final Texts frameType = new Texts();
  private final TableWriter frameWriter;

  StackTable(Database database, ReferenceTable<RecordedMethod> methods) {
    this.methods = methods;
    Batch stacks = new Batch();
    List.of(stack, depth, truncated).forEach(stacks::add);
    stackWriter =
        new TableWriter(
            database, stacks, "hakmem.stacks", "c0 AS id, c1 AS depth, c2 <> 0 AS truncated", "");
    Batch frames = new Batch();
    List.of(frameStack, framePosition, frameMethod, frameLine, frameBytecodeIndex, frameType)
        .forEach(frames::add);
    frameWriter =
        new TableWriter(
            database,
            frames,
            "hakmem.stack_frames",
            "c0 AS stack, c1 AS \"position\", c2 AS method, c3 AS line, c4 AS \"bytecodeIndex\","
                + " c5 AS \"type\"",
            "");
  }

  long id(RecordedStackTrace trace) {
    Long known = byIdentity.get(trace);
    if (known != null) {
      return known;
    }
    if (byIdentity.size() >= IDENTITIES) {
      byIdentity.clear();
    }
    List<RecordedFrame> frames = trace.getFrames();
    Fingerprint fingerprint = Fingerprint.EMPTY.with(trace.isTruncated() ? 1 : 0);
    for (RecordedFrame frame : frames) {
      fingerprint =
          fingerprint
              .with(methods.id(frame.getMethod()))
              .with(((long) frame.getBytecodeIndex() << 32) ^ frame.getLineNumber())
              .with(frame.getType().hashCode());
    }
    Long id = byContent.get(fingerprint);
    if (id == null) {
      id = (long) byContent.size();
      byContent.put(fingerprint, id);
      store(id, trace, frames);
    }
    byIdentity.put(trace, id);
    return id;
  }

  private void store(long id, RecordedStackTrace trace, List<RecordedFrame> frames) {
    stack.add(id);
    depth.add(frames.size());
    truncated.add(trace.isTruncated() ? 1 : 0);
    int position = 0;
    for (RecordedFrame frame : frames) {
      frameStack.add(id);
      framePosition.add(position++);
      frameMethod.add(methods.id(frame.getMethod()));
      addKnown(frameLine, frame.getLineNumber());
      addKnown(frameBytecodeIndex, frame.getBytecodeIndex());
      frameType.add(frame.getType());
    }
    if (frameWriter.full()) {
      flush();
    }
  }

  /** JFR writes -1 for a line or index that it does not know. */
  private static void addKnown(Longs column, int value) {
    if (value < 0) {
      column.addNull();
    } else {
      column.add(value);
    }
  }

  void flush() {
    stackWriter.flush();
    frameWriter.flush();
  }
}
