package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.ByteCursor;
import io.hakmem.analysis.recording.ConstantObject;
import io.hakmem.analysis.recording.ConstantPool;
import io.hakmem.analysis.recording.Constants;
import io.hakmem.analysis.recording.FieldLayout;
import io.hakmem.analysis.recording.TypeLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Stack traces, each stored once, at full depth, a row for each frame. */
final class StackTable {

  private static final int FIRST_FRAMES = 128;

  private final Dictionary methods;
  private final FingerprintMap byContent = new FingerprintMap();

  private final FixedColumn stack = new FixedColumn(Integer.BYTES);
  private final FixedColumn depth = new FixedColumn(Integer.BYTES);
  private final FixedColumn truncated = new FixedColumn(1);
  private final TableWriter stackWriter;

  private final FixedColumn frameStack = new FixedColumn(Integer.BYTES);
  private final FixedColumn framePosition = new FixedColumn(Integer.BYTES);
  private final FixedColumn frameMethod = new FixedColumn(Integer.BYTES);
  private final FixedColumn frameLine = new FixedColumn(Integer.BYTES);
  private final FixedColumn frameBytecodeIndex = new FixedColumn(Integer.BYTES);
  private final TextColumn frameType = new TextColumn();
  private final TableWriter frameWriter;

  private int frames;
  private int[] frameMethods = new int[FIRST_FRAMES];
  private int[] lines = new int[FIRST_FRAMES];
  private int[] bytecodeIndexes = new int[FIRST_FRAMES];
  private byte[][] types = new byte[FIRST_FRAMES][];
  private boolean cutOff;

  StackTable(StoreWriter store, Dictionary methods) {
    this.methods = methods;
    stackWriter = new TableWriter(store, "hakmem", "stacks", List.of(stack, depth, truncated));
    frameWriter =
        new TableWriter(
            store,
            "hakmem",
            "stack_frames",
            List.of(
                frameStack, framePosition, frameMethod, frameLine, frameBytecodeIndex, frameType));
  }

  /** The number of a chunk's stack; 0 where the chunk lacks it. */
  int number(ConstantPool pool, long key) {
    int slot = pool.find(key);
    if (slot < 0) {
      return 0;
    }
    int known = pool.number(slot);
    if (known < 0) {
      known = resolve(pool, slot);
      pool.setNumber(slot, known);
    }
    return known;
  }

  private int resolve(ConstantPool pool, int slot) {
    readStack(pool.type(), pool.at(slot), pool.owner());
    Fingerprint fingerprint = Fingerprint.EMPTY.with(cutOff ? 1 : 0);
    for (int i = 0; i < frames; i++) {
      fingerprint =
          fingerprint
              .with(frameMethods[i])
              .with(((long) bytecodeIndexes[i] << 32) ^ lines[i])
              .with(Arrays.hashCode(types[i]));
    }
    int next = byContent.size() + 1;
    int id = byContent.putIfAbsent(fingerprint, next);
    if (id == next) {
      store(id);
    }
    return id;
  }

  private void readStack(TypeLayout type, ByteCursor in, Constants constants) {
    frames = 0;
    cutOff = false;
    for (FieldLayout field : type.fields()) {
      if (field.name().equals("truncated")) {
        cutOff = in.readByte() != 0;
      } else if (field.name().equals("frames") && field.array() && !field.constant()) {
        int count = in.readLength();
        reserve(count);
        for (int i = 0; i < count; i++) {
          readFrame(i, field.type(), in, constants);
        }
        frames = count;
      } else {
        field.skip(in);
      }
    }
  }

  private void reserve(int count) {
    if (count > lines.length) {
      frameMethods = new int[count];
      lines = new int[count];
      bytecodeIndexes = new int[count];
      types = new byte[count][];
    }
  }

  private void readFrame(int index, TypeLayout type, ByteCursor in, Constants constants) {
    lines[index] = -1;
    bytecodeIndexes[index] = -1;
    frameMethods[index] = 0;
    types[index] = NO_TYPE;
    for (FieldLayout field : type.fields()) {
      switch (field.name()) {
        case "method" ->
            frameMethods[index] = methods.number(constants.pool(field.type()), in.readLong());
        case "lineNumber" -> lines[index] = in.readInt();
        case "bytecodeIndex" -> bytecodeIndexes[index] = in.readInt();
        case "type" -> types[index] = typeText(constants.pool(field.type()), in.readLong());
        default -> field.skip(in);
      }
    }
  }

  private static final byte[] NO_TYPE = {};

  private static byte[] typeText(ConstantPool pool, long key) {
    int slot = pool.find(key);
    if (slot < 0) {
      return NO_TYPE;
    }
    if (pool.value(slot) instanceof byte[] known) {
      return known;
    }
    String text = ConstantObject.text(pool.owner().read(pool.type(), pool.at(slot)));
    byte[] bytes = text == null ? NO_TYPE : text.getBytes(StandardCharsets.UTF_8);
    pool.setValue(slot, bytes);
    return bytes;
  }

  private void store(int id) {
    stack.add(id);
    depth.add(frames);
    truncated.add(cutOff ? 1 : 0);
    stackWriter.added();
    for (int i = 0; i < frames; i++) {
      frameStack.add(id);
      framePosition.add(i);
      addKnown(frameMethod, frameMethods[i] == 0 ? -1 : frameMethods[i]);
      addKnown(frameLine, lines[i]);
      addKnown(frameBytecodeIndex, bytecodeIndexes[i]);
      frameType.addUtf8(types[i]);
      frameWriter.added();
    }
  }

  /** JFR writes -1 for a line or index that it does not know. */
  private static void addKnown(FixedColumn column, int value) {
    if (value < 0) {
      column.addNull();
    } else {
      column.add(value);
    }
  }

  void close() {
    stackWriter.close();
    frameWriter.close();
  }
}
