package io.hakmem.misuse;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link Misuses#main} printed about one program.
 *
 * @param kind of the exception, "nothing", or the wrong exception
 * @param address that the exception names
 * @param message of the exception, from its first line on
 * @param thrown the stack of the exception
 */
record Said(String kind, long address, List<String> message, List<String> thrown) {

  private static final String FRAME = "    at ";

  static Map<String, Said> parse(List<String> output) {
    Map<String, Said> said = new LinkedHashMap<>();
    Said last = new Said("", 0, new ArrayList<>(), new ArrayList<>());
    boolean thrown = false;
    for (String line : output) {
      if (line.startsWith(Misuses.NAME)) {
        last = new Said("", 0, new ArrayList<>(), new ArrayList<>());
        thrown = false;
        said.put(line.substring(Misuses.NAME.length()), last);
      } else if (line.startsWith(Misuses.KIND)) {
        last = new Said(line.substring(Misuses.KIND.length()), 0, last.message, last.thrown);
        said.put(List.copyOf(said.keySet()).getLast(), last);
      } else if (line.startsWith(Misuses.ADDRESS)) {
        long address = Long.parseUnsignedLong(line.substring(Misuses.ADDRESS.length()), 16);
        last = new Said(last.kind, address, last.message, last.thrown);
        said.put(List.copyOf(said.keySet()).getLast(), last);
      } else if (line.equals(Misuses.THROWN)) {
        thrown = true;
      } else {
        (thrown ? last.thrown : last.message).add(line);
      }
    }
    return said;
  }

  /** The innermost frame of a stack of the message, without line; empty where there is none. */
  String firstFrame(String heading) {
    for (int i = 0; i < message.size() - 1; i++) {
      if (message.get(i).startsWith("  " + heading)) {
        return method(message.get(i + 1));
      }
    }
    return "";
  }

  /** The text that the event has for a stack of the message; empty where there is none. */
  String block(String heading) {
    StringBuilder text = new StringBuilder();
    for (String line : message) {
      if (line.startsWith("  " + heading)) {
        text.append(line.substring(2 + heading.length()));
      } else if (!text.isEmpty() && line.startsWith("    ")) {
        text.append('\n').append(line);
      } else if (!text.isEmpty()) {
        break;
      }
    }
    return text.toString();
  }

  /** The innermost frame of the program on the exception's stack. */
  String thrower() {
    return thrown.stream()
        .map(Said::method)
        .filter(frame -> frame.startsWith(Said.class.getPackageName()))
        .findFirst()
        .orElse("");
  }

  private static String method(String frame) {
    int end = frame.indexOf('(');
    return frame.startsWith(FRAME) && end > 0 ? frame.substring(FRAME.length(), end) : frame;
  }
}
