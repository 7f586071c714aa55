package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.ByteCursor;
import io.hakmem.analysis.recording.ConstantObject;
import io.hakmem.analysis.recording.ConstantPool;
import io.hakmem.analysis.recording.Constants;
import io.hakmem.analysis.recording.FieldLayout;
import io.hakmem.analysis.recording.TypeLayout.Kind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Texts, characters, and objects that are shown as text; those of constants are made once. */
final class TextReader implements FieldReader, ByteCursor.TextSink {

  /** Stands for a constant without text. */
  private static final Object ABSENT = new Object();

  private final FieldLayout field;
  private final Constants constants;
  private final ConstantPool pool;
  private final TextColumn column;

  TextReader(FieldLayout field, Constants constants, TextColumn column) {
    this.field = field;
    this.constants = constants;
    this.pool = field.constant() ? constants.pool(field.type()) : constants.texts();
    this.column = column;
  }

  @Override
  public void read(ByteCursor in) {
    if (field.constant()) {
      constant(in.readLong());
    } else if (field.type().kind() == Kind.TEXT) {
      in.readText(this);
    } else {
      column.add(text(constants.read(field.type(), in)));
    }
  }

  @Override
  public void bytes(byte[] source, int from, int length, Charset charset) {
    column.add(source, from, length, charset);
  }

  @Override
  public void text(@Nullable String text) {
    column.add(text);
  }

  @Override
  public void constant(long key) {
    int slot = pool.find(key);
    if (slot < 0) {
      column.addNull();
      return;
    }
    Object known = pool.value(slot);
    if (known == null) {
      String text = text(pool.owner().read(pool.type(), pool.at(slot)));
      known = text == null ? ABSENT : text.getBytes(StandardCharsets.UTF_8);
      pool.setValue(slot, known);
    }
    if (known instanceof byte[] bytes) {
      column.addUtf8(bytes);
    } else {
      column.addNull();
    }
  }

  private static @Nullable String text(@Nullable Object value) {
    return value instanceof ConstantObject object
            && object.type().name().equals("jdk.types.ClassLoader")
        ? Dictionaries.loaderText(object)
        : ConstantObject.text(value);
  }
}
