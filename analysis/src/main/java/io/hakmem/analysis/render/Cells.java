package io.hakmem.analysis.render;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values of results as texts. */
final class Cells {

  private Cells() {}

  /** The exact text; structs and lists are JSON. */
  static String text(Object value) {
    if (value instanceof List || value instanceof Map) {
      StringBuilder json = new StringBuilder();
      JsonText.append(json, value);
      return json.toString();
    }
    return value instanceof BigDecimal decimal ? decimal.toPlainString() : value.toString();
  }

  /** One line that shows what a terminal or a page would obey; NULL is visible. */
  static String line(@Nullable Object value) {
    return value == null ? "NULL" : VisibleText.of(text(value));
  }
}
