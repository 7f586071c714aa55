package io.hakmem.analysis.trial;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes maps, collections, strings, numbers, booleans and null as JSON (RFC 8259), indented by
 * two. NaN and infinities, which JSON has not, become null.
 */
public final class Json {

  private final StringBuilder out = new StringBuilder();

  private Json() {}

  /**
   * The document, ended by a newline.
   *
   * @throws IllegalArgumentException for a value of any other type
   */
  public static String write(@Nullable Object value) {
    Json json = new Json();
    json.value(value, "\n");
    return json.out.append('\n').toString();
  }

  private void value(@Nullable Object value, String newline) {
    if (value == null || (value instanceof Double d && !Double.isFinite(d))) {
      out.append("null");
    } else if (value instanceof String s) {
      string(s);
    } else if (value instanceof Number || value instanceof Boolean) {
      out.append(value);
    } else if (value instanceof Map<?, ?> map) {
      object(map, newline);
    } else if (value instanceof Collection<?> collection) {
      array(collection, newline);
    } else {
      throw new IllegalArgumentException("no JSON for " + value.getClass());
    }
  }

  private void object(Map<?, ?> map, String newline) {
    out.append('{');
    Iterator<? extends Map.Entry<?, ?>> entries = map.entrySet().iterator();
    while (entries.hasNext()) {
      Map.Entry<?, ?> entry = entries.next();
      out.append(newline).append("  ");
      string(String.valueOf(entry.getKey()));
      out.append(": ");
      value(entry.getValue(), newline + "  ");
      out.append(entries.hasNext() ? "," : newline);
    }
    out.append('}');
  }

  private void array(Collection<?> collection, String newline) {
    out.append('[');
    Iterator<?> values = collection.iterator();
    while (values.hasNext()) {
      out.append(newline).append("  ");
      value(values.next(), newline + "  ");
      out.append(values.hasNext() ? "," : newline);
    }
    out.append(']');
  }

  private void string(String value) {
    out.append('"');
    for (int i = 0; i < value.length(); i++) {
      character(value.charAt(i));
    }
    out.append('"');
  }

  private void character(char c) {
    switch (c) {
      case '"' -> out.append("\\\"");
      case '\\' -> out.append("\\\\");
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default -> {
        // A lone surrogate has no UTF-8 form; escaped, all of them are safe.
        if (c < 0x20 || c == 0x7f || Character.isSurrogate(c)) {
          out.append(String.format("\\u%04x", (int) c));
        } else {
          out.append(c);
        }
      }
    }
  }
}
