package io.hakmem.thread;

import static io.hakmem.memory.RawMemory.putInt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Stacks of allocations and frees, each kept once and named by a number. Thread-safe. */
final class Stacks {

  /** No stack was kept: it was not that operation's turn. */
  static final int NONE = 0;

  private static final int MAX_FRAMES = 32;

  /** Different stacks that are kept; of a program with more, those that come later have none. */
  private static final int MAX_STACKS = 1 << 16;

  /** Operations until the next look where no stacks are wanted. */
  private static final int LONG_TIME = 1 << 16;

  private static final StackWalker WALKER = StackWalker.getInstance();
  private static final Map<List<Frame>, Integer> NUMBERS = new ConcurrentHashMap<>();
  private static final Map<Integer, List<StackTraceElement>> STACKS = new ConcurrentHashMap<>();
  private static final AtomicInteger LAST = new AtomicInteger();

  private static volatile int interval;

  private record Frame(String type, String method, int byteCode) {}

  private Stacks() {}

  /** One of so many operations keeps its stack; 0 for none. */
  static void interval(int newInterval) {
    interval = newInterval;
  }

  static int interval() {
    return interval;
  }

  /** The countdown of a cache has ended: begins the next one and keeps this stack. */
  static int sampleSlow(long cache) {
    int now = interval;
    putInt(cache + CacheLayout.STACK_COUNTDOWN, now == 0 ? LONG_TIME : now - 1);
    return now == 0 ? NONE : captureSlow();
  }

  /** For operations that belong to no cache: large blocks, which are few. */
  static int captureLarge() {
    return interval == 0 ? NONE : captureSlow();
  }

  static int captureSlow() {
    List<StackWalker.StackFrame> frames =
        WALKER.walk(all -> all.dropWhile(Stacks::isOurs).limit(MAX_FRAMES).toList());
    List<Frame> key = new ArrayList<>(frames.size());
    for (StackWalker.StackFrame frame : frames) {
      key.add(new Frame(frame.getClassName(), frame.getMethodName(), frame.getByteCodeIndex()));
    }
    Integer known = NUMBERS.get(key);
    return known != null ? known : keep(key, frames);
  }

  private static int keep(List<Frame> key, List<StackWalker.StackFrame> frames) {
    if (LAST.get() >= MAX_STACKS) {
      return NONE;
    }
    return NUMBERS.computeIfAbsent(
        key,
        k -> {
          int number = LAST.incrementAndGet();
          STACKS.put(
              number, frames.stream().map(StackWalker.StackFrame::toStackTraceElement).toList());
          return number;
        });
  }

  /** The allocator's own frames say nothing about the program. */
  private static boolean isOurs(StackWalker.StackFrame frame) {
    String type = frame.getClassName();
    return type.startsWith("io.hakmem.thread.")
        || type.equals("io.hakmem.Heap")
        || type.equals("io.hakmem.Hakmem")
        || type.equals("io.hakmem.Allocator")
        || type.equals("io.hakmem.ThreadCache")
        || (type.endsWith("Arena") && type.startsWith("io.hakmem."));
  }

  /** The frames of a stack, innermost first; empty for none. */
  static List<StackTraceElement> frames(int number) {
    return STACKS.getOrDefault(number, List.of());
  }

  /** A stack as lines with an indent, or what there is instead. */
  static String text(int number) {
    List<StackTraceElement> frames = frames(number);
    if (frames.isEmpty()) {
      return "\n    no stack: %s".formatted(sampling());
    }
    StringBuilder text = new StringBuilder();
    for (StackTraceElement frame : frames) {
      text.append("\n    at ").append(frame);
    }
    return text.toString();
  }

  /** How stacks are chosen, for where one is missing. */
  static String sampling() {
    return interval == 0
        ? "none are kept (hakmem.checked.stacks=0)"
        : "one of %d is kept (hakmem.checked.stacks)".formatted(interval);
  }
}
