package io.hakmem.analysis.recording;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object of a chunk; what it refers to by key is looked up when asked for. */
public final class ConstantObject {

  private static final int MAX_DEPTH = 8;

  private final TypeLayout type;
  private final @Nullable Object[] values;
  private final Constants constants;

  private ConstantObject(TypeLayout type, @Nullable Object[] values, Constants constants) {
    this.type = type;
    this.values = values;
    this.constants = constants;
  }

  /** A value that stands elsewhere. */
  private record Reference(long key) {}

  static ConstantObject read(TypeLayout type, ByteCursor in, Constants constants) {
    @Nullable Object[] values = new @Nullable Object[type.fields().size()];
    for (int i = 0; i < values.length; i++) {
      FieldLayout field = type.fields().get(i);
      values[i] = field.array() ? array(field, in, constants) : single(field, in, constants);
    }
    return new ConstantObject(type, values, constants);
  }

  private static @Nullable Object single(FieldLayout field, ByteCursor in, Constants constants) {
    return field.constant() ? new Reference(in.readLong()) : constants.read(field.type(), in);
  }

  private static List<@Nullable Object> array(
      FieldLayout field, ByteCursor in, Constants constants) {
    int count = in.readLength();
    List<@Nullable Object> elements = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      elements.add(single(field, in, constants));
    }
    return elements;
  }

  public TypeLayout type() {
    return type;
  }

  /**
   * A field's value: Boolean, Long, Float, Double, String, a list or an object; null for absent.
   */
  public @Nullable Object get(String field) {
    int index = type.indexOf(field);
    return index < 0 ? null : get(index);
  }

  private @Nullable Object get(int index) {
    Object value = values[index];
    TypeLayout fieldType = type.fields().get(index).type();
    if (value instanceof List<?> elements) {
      return elements.stream().map(element -> resolved(fieldType, element)).toList();
    }
    return resolved(fieldType, value);
  }

  private @Nullable Object resolved(TypeLayout fieldType, @Nullable Object value) {
    return value instanceof Reference reference
        ? constants.value(fieldType, reference.key())
        : value;
  }

  /** The key by which a field refers to a constant; 0 where it does not. */
  public long key(String field) {
    int index = type.indexOf(field);
    return index >= 0 && values[index] instanceof Reference reference ? reference.key() : 0;
  }

  /** A field's text; an object of one field is its field's text. */
  public @Nullable String text(String field) {
    return text(get(field), 0);
  }

  /** A value as text. */
  public static @Nullable String text(@Nullable Object value) {
    return text(value, 0);
  }

  /** In a damaged recording an object may refer to itself: what lies too deep is absent. */
  private static @Nullable String text(@Nullable Object value, int depth) {
    if (value == null || depth > MAX_DEPTH) {
      return null;
    }
    if (!(value instanceof ConstantObject object)) {
      return value.toString();
    }
    if (object.type.fields().size() == 1) {
      return text(object.get(0), depth + 1);
    }
    // Objects that are nested too deep for a structure of their own.
    String name = text(object.get("name"), depth + 1);
    return name == null ? object.type.name() : name;
  }
}
