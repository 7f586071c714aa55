package io.hakmem.analysis.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A type of a chunk's metadata: what follows what in the bytes of its values. Fields are complete
 * after the whole metadata was read, since types refer to each other.
 */
public final class TypeLayout {

  /** How a value stands in the bytes. */
  public enum Kind {
    BOOLEAN,
    BYTE,
    SHORT,
    CHAR,
    INT,
    LONG,
    FLOAT,
    DOUBLE,
    TEXT,
    OBJECT
  }

  private static final Map<String, Kind> PRIMITIVES =
      Map.of(
          "boolean", Kind.BOOLEAN,
          "byte", Kind.BYTE,
          "short", Kind.SHORT,
          "char", Kind.CHAR,
          "int", Kind.INT,
          "long", Kind.LONG,
          "float", Kind.FLOAT,
          "double", Kind.DOUBLE,
          "java.lang.String", Kind.TEXT);

  private final long id;
  private final String name;
  private final boolean event;
  private final Kind kind;
  private final List<FieldLayout> fields = new ArrayList<>();

  TypeLayout(long id, String name, @Nullable String superType) {
    this.id = id;
    this.name = name;
    this.kind = PRIMITIVES.getOrDefault(name, Kind.OBJECT);
    this.event = "jdk.jfr.Event".equals(superType);
  }

  void add(FieldLayout field) {
    fields.add(field);
  }

  public long id() {
    return id;
  }

  public String name() {
    return name;
  }

  public boolean isEvent() {
    return event;
  }

  public List<FieldLayout> fields() {
    return fields;
  }

  public Kind kind() {
    return kind;
  }

  /** The position of a field; -1 where there is none of that name. */
  public int indexOf(String field) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(field)) {
        return i;
      }
    }
    return -1;
  }

  /** Moves behind one value of this type. */
  public void skip(ByteCursor in) {
    switch (kind) {
      case BOOLEAN, BYTE -> in.skip(1);
      case SHORT -> in.readShort();
      case CHAR -> in.readChar();
      case INT -> in.readInt();
      case LONG -> in.readLong();
      case FLOAT -> in.skip(Float.BYTES);
      case DOUBLE -> in.skip(Double.BYTES);
      case TEXT -> in.skipText();
      case OBJECT -> {
        for (FieldLayout field : fields) {
          field.skip(in);
        }
      }
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
