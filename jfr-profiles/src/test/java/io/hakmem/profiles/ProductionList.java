package io.hakmem.profiles;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import jdk.jfr.EventType;
import jdk.jfr.ValueDescriptor;

/** The list of everything that a production recording may hold: {@code event.field type}. */
final class ProductionList {

  private static final String NAME = "production-contents.txt";

  private ProductionList() {}

  static String text() throws IOException {
    try (InputStream in = Objects.requireNonNull(ProductionList.class.getResourceAsStream(NAME))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }

  /** Lines of one event type, as the list has them. */
  static List<String> fields(EventType type) {
    List<String> lines = new ArrayList<>();
    for (ValueDescriptor field : type.getFields()) {
      lines.add(type.getName() + "." + field.getName() + " " + field.getTypeName());
    }
    return lines;
  }
}
