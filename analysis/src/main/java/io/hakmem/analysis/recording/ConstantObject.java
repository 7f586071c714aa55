package io.hakmem.analysis.recording;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object of a chunk; what it refers to by key is looked up when asked for. */
public final class ConstantObject {

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
    List<@Nullable Object> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(
          field.constant()
              ? constants.value(field.type(), in.readLong())
              : constants.read(field.type(), in));
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
    return value instanceof Reference reference
        ? constants.value(type.fields().get(index).type(), reference.key())
        : value;
  }

  /** The key by which a field refers to a constant; 0 where it does not. */
  public long key(String field) {
    int index = type.indexOf(field);
    return index >= 0 && values[index] instanceof Reference reference ? reference.key() : 0;
  }

  /** A field's text; an object of one field is its field's text. */
  public @Nullable String text(String field) {
    return text(get(field));
  }

  /** A value as text. */
  public static @Nullable String text(@Nullable Object value) {
    if (value instanceof ConstantObject object) {
      return object.type.fields().size() == 1 ? text(object.get(0)) : object.describe();
    }
    return value == null ? null : value.toString();
  }

  /** Objects that are nested too deep for a structure of their own. */
  private String describe() {
    String name = text("name");
    return name == null ? type.name() : name;
  }
}
