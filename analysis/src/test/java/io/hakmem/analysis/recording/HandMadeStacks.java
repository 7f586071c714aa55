package io.hakmem.analysis.recording;

import io.hakmem.analysis.recording.HandMade.Shape;

/** Threads, classes, methods and stacks for a recording made by hand, as JDK 25 declares them. */
public final class HandMadeStacks {

  public final Shape thread;
  public final Shape type;
  public final Shape stack;

  private final HandMade chunk;
  private final Shape symbol;
  private final Shape method;
  private final Shape frameType;
  private long keys = 1;

  public HandMadeStacks(HandMade chunk) {
    this.chunk = chunk;
    Shape group = chunk.type("jdk.types.ThreadGroup").with(chunk.field("name", "java.lang.String"));
    thread =
        chunk
            .type("java.lang.Thread")
            .with(
                chunk.field("osName", "java.lang.String"),
                chunk.field("osThreadId", "long"),
                chunk.field("javaName", "java.lang.String"),
                chunk.field("javaThreadId", "long"),
                chunk.field("group", group).constant(),
                chunk.field("virtual", "boolean"));
    symbol =
        chunk.type("jdk.types.Symbol").simple().with(chunk.field("string", "java.lang.String"));
    type = chunk.type("java.lang.Class").with(chunk.field("name", symbol).constant());
    method =
        chunk
            .type("jdk.types.Method")
            .with(
                chunk.field("type", type).constant(),
                chunk.field("name", symbol).constant(),
                chunk.field("descriptor", symbol).constant(),
                chunk.field("hidden", "boolean"));
    frameType =
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
    stack =
        chunk
            .type("jdk.types.StackTrace")
            .with(chunk.field("truncated", "boolean"), chunk.field("frames", frame).array());
  }

  /** A thread's key. */
  public long thread(String name) {
    long key = keys++;
    chunk.constant(thread, key, out -> out.chars(name).u8(1).chars(name).u8(1).u8(0).u1(0));
    return key;
  }

  private long symbol(String text) {
    long key = keys++;
    chunk.constant(symbol, key, out -> out.chars(text));
    return key;
  }

  /** A class's key. */
  public long type(String name) {
    long nameKey = symbol(name);
    long key = keys++;
    chunk.constant(type, key, out -> out.u8(nameKey));
    return key;
  }

  /** The key of a stack of one frame. */
  public long stack(String className, String methodName, String descriptor, String frame) {
    long typeKey = type(className);
    long nameKey = symbol(methodName);
    long descriptorKey = symbol(descriptor);
    long key = keys++;
    chunk.constant(method, key, out -> out.u8(typeKey).u8(nameKey).u8(descriptorKey).u1(0));
    chunk.constant(frameType, key, out -> out.chars(frame));
    chunk.constant(stack, key, out -> out.u1(0).u4(1).u8(key).u4(7).u4(1).u8(key));
    return key;
  }
}
