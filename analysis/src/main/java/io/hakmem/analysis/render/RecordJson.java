package io.hakmem.analysis.render;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Records as JSON: their components are the members, in their order. Numbers that are none are
 * null; an enum is its name in lower case with spaces.
 */
public final class RecordJson {

  private RecordJson() {}

  /** One object, ended by a newline. The record and all in it must be public. */
  public static String render(Record row) {
    StringBuilder text = new StringBuilder();
    write(text, row, "");
    return text.append('\n').toString();
  }

  private static void write(StringBuilder text, @Nullable Object value, String indent) {
    if (value instanceof Record row) {
      writeMembers(text, row, indent);
    } else if (value instanceof List<?> list) {
      List<String> items = new ArrayList<>();
      for (Object item : list) {
        StringBuilder part = new StringBuilder();
        write(part, item, indent + "  ");
        items.add(indent + "  " + part);
      }
      text.append(items.isEmpty() ? "[]" : "[\n" + String.join(",\n", items) + "\n" + indent + "]");
    } else if (value instanceof Double number && !Double.isFinite(number)) {
      text.append("null");
    } else if (value == null || value instanceof Number || value instanceof Boolean) {
      text.append(value);
    } else if (value instanceof Enum<?> constant) {
      text.append(quoted(constant.name().toLowerCase(Locale.ROOT).replace('_', ' ')));
    } else {
      text.append(quoted(value.toString()));
    }
  }

  private static void writeMembers(StringBuilder text, Record row, String indent) {
    List<String> members = new ArrayList<>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      StringBuilder part = new StringBuilder();
      write(part, valueOf(component, row), indent + "  ");
      members.add(indent + "  " + quoted(component.getName()) + ": " + part);
    }
    text.append("{\n").append(String.join(",\n", members)).append('\n').append(indent).append('}');
  }

  private static @Nullable Object valueOf(RecordComponent component, Record row) {
    try {
      return component.getAccessor().invoke(row);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("a public record hides its component " + component, e);
    }
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder();
    JsonText.string(quoted, text);
    return quoted.toString();
  }
}
