package io.hakmem.analysis.recording;

import io.hakmem.analysis.recording.FieldLayout.TimeUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The types of a chunk, from its metadata event: a tree of elements over a table of texts. */
final class Metadata {

  private static final int MAX_DEPTH = 64;

  private final Map<Long, TypeLayout> types = new LinkedHashMap<>();

  private final LayoutCheck check = new LayoutCheck();

  private Metadata() {}

  /** An element of the tree. */
  private record Element(String name, Map<String, String> attributes, List<Element> children) {

    List<Element> all(String childName) {
      return children.stream().filter(child -> child.name.equals(childName)).toList();
    }

    long number(String attribute) {
      String text = attributes.get(attribute);
      if (text == null) {
        throw new MalformedChunkException("metadata without " + attribute);
      }
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new MalformedChunkException("metadata with an " + attribute + " that is no number");
      }
    }
  }

  /**
   * @param in behind the event's size and type
   */
  static Metadata parse(ByteCursor in) {
    in.readLong(); // start
    in.readLong(); // duration
    in.readLong(); // number of this metadata
    @Nullable String[] texts = new @Nullable String[in.readLength()];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = in.readPlainText();
    }
    Metadata metadata = new Metadata();
    Element root = element(in, texts, 0);
    for (Element part : root.all("metadata")) {
      metadata.declare(part.all("class"));
    }
    return metadata;
  }

  private static Element element(ByteCursor in, @Nullable String[] texts, int depth) {
    if (depth > MAX_DEPTH) {
      throw new MalformedChunkException("metadata nested too deep");
    }
    String name = text(in, texts);
    Map<String, String> attributes = new HashMap<>();
    int count = in.readLength();
    for (int i = 0; i < count; i++) {
      String key = text(in, texts);
      attributes.put(key, text(in, texts));
    }
    List<Element> children = new ArrayList<>();
    int childCount = in.readLength();
    for (int i = 0; i < childCount; i++) {
      children.add(element(in, texts, depth + 1));
    }
    return new Element(name, attributes, children);
  }

  private static String text(ByteCursor in, @Nullable String[] texts) {
    int index = in.readInt();
    if (index < 0 || index >= texts.length) {
      throw new MalformedChunkException("metadata refers to text " + index);
    }
    String text = texts[index];
    return text == null ? "" : text;
  }

  private void declare(List<Element> classes) {
    for (Element type : classes) {
      long id = type.number("id");
      types.put(
          id,
          new TypeLayout(
              id, type.attributes().getOrDefault("name", ""), type.attributes().get("superType")));
    }
    for (Element type : classes) {
      TypeLayout layout = types.get(type.number("id"));
      for (Element field : type.all("field")) {
        TypeLayout fieldType = types.get(field.number("class"));
        if (layout == null || fieldType == null) {
          throw new MalformedChunkException("metadata refers to an unknown type");
        }
        layout.add(
            new FieldLayout(
                field.attributes().getOrDefault("name", ""),
                fieldType,
                "true".equals(field.attributes().get("constantPool")),
                "1".equals(field.attributes().get("dimension")),
                unit(field)));
      }
    }
  }

  private TimeUnit unit(Element field) {
    for (Element annotation : field.all("annotation")) {
      TypeLayout type = types.get(annotation.number("class"));
      String value = annotation.attributes().getOrDefault("value", "");
      if (type != null && type.name().equals("jdk.jfr.Timestamp")) {
        return value.equals("TICKS")
            ? TimeUnit.TICKS_SINCE_START
            : TimeUnit.MILLISECONDS_SINCE_EPOCH;
      }
      if (type != null && type.name().equals("jdk.jfr.Timespan")) {
        return switch (value) {
          case "NANOSECONDS" -> TimeUnit.SPAN_NANOSECONDS;
          case "MICROSECONDS" -> TimeUnit.SPAN_MICROSECONDS;
          case "MILLISECONDS" -> TimeUnit.SPAN_MILLISECONDS;
          case "SECONDS" -> TimeUnit.SPAN_SECONDS;
          default -> TimeUnit.SPAN_TICKS;
        };
      }
    }
    return TimeUnit.NONE;
  }

  @Nullable TypeLayout type(long id) {
    return types.get(id);
  }

  /** In the order of the metadata, checked. */
  List<TypeLayout> events() {
    List<TypeLayout> events = types.values().stream().filter(TypeLayout::isEvent).toList();
    events.forEach(this::check);
    return events;
  }

  /**
   * Makes sure that reading values of the type ends with their bytes.
   *
   * @throws MalformedChunkException if the type holds itself, or nothing
   */
  void check(TypeLayout type) {
    check.of(type);
  }

  Iterable<TypeLayout> types() {
    return types.values();
  }
}
