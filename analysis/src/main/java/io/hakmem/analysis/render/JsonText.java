package io.hakmem.analysis.render;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of results as JSON (RFC 8259) on one line. */
final class JsonText {

  private JsonText() {}

  static void append(StringBuilder out, @Nullable Object value) {
    if (value == null) {
      out.append("null");
    } else if (value instanceof List<?> list) {
      String separator = "[";
      for (Object element : list) {
        out.append(separator);
        append(out, element);
        separator = ", ";
      }
      out.append(list.isEmpty() ? "[]" : "]");
    } else if (value instanceof Map<?, ?> map) {
      String separator = "{";
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(separator);
        string(out, String.valueOf(entry.getKey()));
        out.append(": ");
        append(out, entry.getValue());
        separator = ", ";
      }
      out.append(map.isEmpty() ? "{}" : "}");
    } else if (value instanceof Boolean || (value instanceof Number n && isFinite(n))) {
      out.append(value);
    } else {
      string(out, value.toString());
    }
  }

  /** NaN and infinities are texts: JSON has no such numbers, and null would hide them. */
  private static boolean isFinite(Number number) {
    return !(number instanceof Double || number instanceof Float)
        || Double.isFinite(number.doubleValue());
  }

  static void string(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          // Controls of the second set and marks of writing direction too: terminals obey them.
          if (c < ' '
              || (c >= 0x7f && c < 0xa0)
              || Character.isSurrogate(c)
              || Character.getType(c) == Character.FORMAT) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
