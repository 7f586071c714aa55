package io.hakmem.analysis.recording;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All constants of one chunk. Values are read when somebody asks for them. Not thread-safe. */
public final class Constants {

  private static final String TEXT = "java.lang.String";

  private final Metadata metadata;
  private final boolean compressed;
  private final Map<Long, ConstantPool> pools = new HashMap<>();
  private final List<byte[]> blocks = new ArrayList<>();
  private final ConstantPool none;
  private @Nullable ConstantPool texts;

  Constants(Metadata metadata, boolean compressed) {
    this.metadata = metadata;
    this.compressed = compressed;
    this.none = new ConstantPool(new TypeLayout(-1, "none", null), this);
  }

  /** The kind of a checkpoint, a set of bits; the cursor stays where it is. */
  static int kind(ByteCursor checkpoint) {
    ByteCursor in = again(checkpoint);
    readStart(in);
    return in.readByte();
  }

  /** How far before a checkpoint the one before it stands, negative; 0 for the first one. */
  static long distance(ByteCursor checkpoint) {
    ByteCursor in = again(checkpoint);
    in.readLong(); // start
    in.readLong(); // duration
    return in.readLong();
  }

  private static ByteCursor again(ByteCursor in) {
    return new ByteCursor(in.bytes(), in.position(), in.compressed());
  }

  private static void readStart(ByteCursor in) {
    in.readLong(); // start
    in.readLong(); // duration
    in.readLong(); // distance to the checkpoint before
  }

  /** Adds what a checkpoint event holds; the cursor stands behind its size and type. */
  void add(ByteCursor in) {
    blocks.add(in.bytes());
    readStart(in);
    in.readByte(); // kind
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      long id = in.readLong();
      TypeLayout type = metadata.type(id);
      if (type == null) {
        throw new MalformedChunkException("constants of the unknown type " + id);
      }
      ConstantPool pool = pools.get(id);
      if (pool == null) {
        metadata.check(type);
        pool = new ConstantPool(type, this);
        pools.put(id, pool);
      }
      int entries = in.readInt();
      for (int entry = 0; entry < entries; entry++) {
        long key = in.readLong();
        pool.put(key, blocks.size(), in.position());
        type.skip(in);
      }
    }
  }

  ByteCursor at(int block, int position) {
    return new ByteCursor(blocks.get(block - 1), position, compressed);
  }

  /** The constants of a type; an empty pool where the chunk has none. */
  public ConstantPool pool(TypeLayout type) {
    return pools.getOrDefault(type.id(), none);
  }

  /** The texts that events refer to by key. */
  public ConstantPool texts() {
    ConstantPool known = texts;
    if (known == null) {
      known = none;
      for (TypeLayout type : metadata.types()) {
        if (type.name().equals(TEXT)) {
          known = pool(type);
        }
      }
      texts = known;
    }
    return known;
  }

  /** The text of a constant of {@link #texts}; null where it is missing, or a key once more. */
  public @Nullable String text(long key) {
    ConstantPool pool = texts();
    int slot = pool.find(key);
    return slot < 0 ? null : pool.at(slot).readPlainText();
  }

  /** Reads a text, following a key. */
  @Nullable String readText(ByteCursor in) {
    AnyText any = new AnyText();
    in.readText(any);
    return any.value;
  }

  private final class AnyText implements ByteCursor.TextSink {
    private @Nullable String value;

    @Override
    public void bytes(byte[] source, int from, int length, Charset charset) {
      value = new String(source, from, length, charset);
    }

    @Override
    public void text(@Nullable String text) {
      value = text;
    }

    @Override
    public void constant(long key) {
      value = Constants.this.text(key);
    }
  }

  /** The constant of a type as an object or a plain value; null where it is missing. */
  public @Nullable Object value(TypeLayout type, long key) {
    ConstantPool pool = pool(type);
    int slot = pool.find(key);
    return slot < 0 ? null : read(type, pool.at(slot));
  }

  /** Reads a value in place. */
  public @Nullable Object read(TypeLayout type, ByteCursor in) {
    return switch (type.kind()) {
      case BOOLEAN -> in.readByte() != 0;
      case BYTE -> (long) in.readByte();
      case SHORT -> (long) in.readShort();
      case CHAR -> String.valueOf(in.readChar());
      case INT -> (long) in.readInt();
      case LONG -> in.readLong();
      case FLOAT -> in.readFloat();
      case DOUBLE -> in.readDouble();
      case TEXT -> readText(in);
      case OBJECT -> ConstantObject.read(type, in, this);
    };
  }
}
