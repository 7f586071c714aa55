package io.hakmem.analysis.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A recording of one chunk, written by hand: types, constants and events that no JVM at hand
 * writes, in every variant of the format.
 */
public final class HandMade {

  public static final long START_NANOS = 1_700_000_000_000_000_000L;
  public static final long START_TICKS = 1_000;
  private static final long TICKS_PER_SECOND = 1_000_000_000L;
  private static final int SIZE_BYTES = 4;

  private final int minor;
  private final int major;
  private final boolean compressed;
  private final Map<String, Shape> types = new LinkedHashMap<>();
  private final Map<Shape, Map<Long, byte[]>> constants = new LinkedHashMap<>();
  private final ByteWriter events;

  private HandMade(int major, int minor, boolean compressed) {
    this.major = major;
    this.minor = minor;
    this.compressed = compressed;
    this.events = new ByteWriter(compressed);
    for (String name :
        List.of("boolean", "byte", "char", "short", "int", "long", "float", "double")) {
      type(name);
    }
    type("java.lang.String");
    for (String name : List.of("jdk.jfr.Timestamp", "jdk.jfr.Timespan")) {
      declare(name, name, "java.lang.annotation.Annotation")
          .with(field("value", "java.lang.String"));
    }
  }

  /** As JDK 25 writes. */
  public static HandMade chunk() {
    return new HandMade(2, 1, true);
  }

  /** As another producer writes. */
  public static HandMade chunk(int major, int minor, boolean compressed) {
    return new HandMade(major, minor, compressed);
  }

  /** A type of the metadata. */
  public static final class Shape {
    private final long id;
    private final String name;
    private final @Nullable String superType;
    private final List<Field> fields = new ArrayList<>();
    private boolean simple;

    private Shape(long id, String name, @Nullable String superType) {
      this.id = id;
      this.name = name;
      this.superType = superType;
    }

    /** Adds fields behind those that are there. */
    public Shape with(Field... more) {
      fields.addAll(List.of(more));
      return this;
    }

    /** Marks a type of one field that readers give as that field's value. */
    public Shape simple() {
      simple = true;
      return this;
    }

    public long id() {
      return id;
    }
  }

  /** A field of a type; the unit is an annotation and its value, {@code Timespan TICKS}, or "". */
  public record Field(String name, Shape type, boolean pooled, boolean many, String unit) {

    /** The same as any number of values. */
    public Field array() {
      return new Field(name, type, pooled, true, unit);
    }

    /** The same as a key of the chunk's constants. */
    public Field constant() {
      return new Field(name, type, true, many, unit);
    }

    /** The same as a time. */
    public Field unit(String annotation) {
      return new Field(name, type, pooled, many, annotation);
    }
  }

  /** The type of that name, declared at first use. */
  public Shape type(String name) {
    Shape known = types.get(name);
    if (known == null) {
      known = declare(name, name, null);
    }
    return known;
  }

  /** An event type with the field {@code startTime}. */
  public Shape event(String name) {
    return event(name, name);
  }

  /**
   * As {@link #event(String)}.
   *
   * @param key tells types of the same name apart
   */
  public Shape event(String key, String name) {
    return declare(key, name, "jdk.jfr.Event")
        .with(field("startTime", "long").unit("Timestamp TICKS"));
  }

  /** An event type without any field. */
  public Shape bareEvent(String name) {
    return declare(name, name, "jdk.jfr.Event");
  }

  private Shape declare(String key, String name, @Nullable String superType) {
    Shape type = new Shape(types.size() + 10, name, superType);
    types.put(key, type);
    return type;
  }

  public Field field(String name, String type) {
    return field(name, type(type));
  }

  public Field field(String name, Shape type) {
    return new Field(name, type, false, false, "");
  }

  /** Adds a constant. */
  public HandMade constant(Shape type, long key, Consumer<ByteWriter> value) {
    ByteWriter content = new ByteWriter(compressed);
    value.accept(content);
    constants.computeIfAbsent(type, t -> new LinkedHashMap<>()).put(key, content.toBytes());
    return this;
  }

  /** Adds an event, its fields behind {@code startTime}. */
  public HandMade event(Shape type, long nanos, Consumer<ByteWriter> fields) {
    ByteWriter content = new ByteWriter(compressed);
    content.u8(type.id).u8(START_TICKS + nanos);
    fields.accept(content);
    sized(events, content.toBytes());
    return this;
  }

  /** The size in four bytes, whatever its value: the JVM does so as well. */
  private void sized(ByteWriter target, byte[] content) {
    int size = content.length + SIZE_BYTES;
    if (compressed) {
      for (int i = 0; i < SIZE_BYTES - 1; i++) {
        target.u1((size >> (7 * i)) | 0x80);
      }
      target.u1(size >> (7 * (SIZE_BYTES - 1)));
    } else {
      target.bigEndian(size, SIZE_BYTES);
    }
    target.raw(content);
  }

  public Path write(Path file) throws IOException {
    return Files.write(file, toBytes());
  }

  public byte[] toBytes() {
    ByteWriter body = new ByteWriter(compressed);
    body.raw(events.toBytes());
    int checkpointAt = ChunkHeader.BYTES + body.size();
    sized(body, checkpoint());
    int metadataAt = ChunkHeader.BYTES + body.size();
    sized(body, metadata());
    ByteWriter chunk = new ByteWriter(false);
    chunk.bigEndian(ChunkHeader.MAGIC, 4).bigEndian(major, 2).bigEndian(minor, 2);
    chunk.u8(ChunkHeader.BYTES + body.size()).u8(checkpointAt).u8(metadataAt);
    chunk.u8(START_NANOS).u8(1_000_000_000L).u8(START_TICKS).u8(TICKS_PER_SECOND);
    chunk.u4((compressed ? 1 : 0) | 2);
    return chunk.raw(body.toBytes()).toBytes();
  }

  private byte[] checkpoint() {
    ByteWriter out = new ByteWriter(compressed);
    out.u8(1).u8(START_TICKS).u8(0).u8(0).u1(2).u4(constants.size());
    constants.forEach(
        (type, values) -> {
          out.u8(type.id).u4(values.size());
          values.forEach((key, value) -> out.u8(key).raw(value));
        });
    return out.toBytes();
  }

  private byte[] metadata() {
    List<String> texts = new ArrayList<>();
    ByteWriter tree = new ByteWriter(compressed);
    element(tree, texts, "root", Map.of(), 2);
    element(tree, texts, "metadata", Map.of(), types.size());
    types.values().forEach(type -> type(tree, texts, type));
    element(tree, texts, "region", Map.of("gmtOffset", "0", "locale", "en"), 0);
    ByteWriter out = new ByteWriter(compressed);
    out.u8(0).u8(START_TICKS).u8(0).u8(1).u4(texts.size());
    for (String text : texts) {
      if (text.chars().allMatch(c -> c > 0 && c < 0x80)) {
        out.text(text);
      } else {
        out.chars(text);
      }
    }
    return out.raw(tree.toBytes()).toBytes();
  }

  private void type(ByteWriter tree, List<String> texts, Shape type) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("name", type.name);
    attributes.put("id", String.valueOf(type.id));
    if (type.superType != null) {
      attributes.put("superType", type.superType);
    }
    if (type.simple) {
      attributes.put("simpleType", "true");
    }
    element(tree, texts, "class", attributes, type.fields.size());
    type.fields.forEach(field -> field(tree, texts, field));
  }

  private void field(ByteWriter tree, List<String> texts, Field field) {
    Map<String, String> attributes = new LinkedHashMap<>();
    attributes.put("name", field.name);
    attributes.put("class", String.valueOf(field.type.id));
    if (field.pooled) {
      attributes.put("constantPool", "true");
    }
    if (field.many) {
      attributes.put("dimension", "1");
    }
    element(tree, texts, "field", attributes, field.unit.isEmpty() ? 0 : 1);
    if (!field.unit.isEmpty()) {
      String[] words = field.unit.split(" ", 2);
      String annotation = String.valueOf(type("jdk.jfr." + words[0]).id);
      element(tree, texts, "annotation", Map.of("class", annotation, "value", words[1]), 0);
    }
  }

  private static void element(
      ByteWriter tree, List<String> texts, String name, Map<String, String> attributes, int inner) {
    tree.u4(index(texts, name)).u4(attributes.size());
    attributes.forEach((key, value) -> tree.u4(index(texts, key)).u4(index(texts, value)));
    tree.u4(inner);
  }

  private static int index(List<String> texts, String text) {
    if (!texts.contains(text)) {
      texts.add(text);
    }
    return texts.indexOf(text);
  }
}
