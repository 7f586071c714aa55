package io.hakmem.analysis.recording;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A place in the bytes of a chunk, and how JFR writes numbers there: as LEB128 of at most nine
 * bytes, or big-endian at full width in chunks without compressed integers. Running over the end is
 * an {@link IndexOutOfBoundsException}. Not thread-safe.
 */
public final class ByteCursor {

  private static final int NULL = 0;
  private static final int EMPTY = 1;
  private static final int CONSTANT = 2;
  private static final int UTF8 = 3;
  private static final int CHARS = 4;
  private static final int LATIN1 = 5;

  private byte[] bytes;
  private int position;
  private final boolean compressed;

  public ByteCursor(byte[] bytes, int position, boolean compressed) {
    this.bytes = bytes;
    this.position = position;
    this.compressed = compressed;
  }

  /** Another place, perhaps in other bytes. */
  void moveTo(byte[] newBytes, int newPosition) {
    bytes = newBytes;
    position = newPosition;
  }

  void moveTo(int newPosition) {
    position = newPosition;
  }

  public int position() {
    return position;
  }

  byte[] bytes() {
    return bytes;
  }

  boolean compressed() {
    return compressed;
  }

  public byte readByte() {
    return bytes[position++];
  }

  public short readShort() {
    return compressed ? (short) readVariable() : (short) readBigEndian(Short.BYTES);
  }

  public char readChar() {
    return compressed ? (char) readVariable() : (char) readBigEndian(Character.BYTES);
  }

  public int readInt() {
    return compressed ? (int) readVariable() : (int) readBigEndian(Integer.BYTES);
  }

  public long readLong() {
    return compressed ? readVariable() : readBigEndian(Long.BYTES);
  }

  public float readFloat() {
    return Float.intBitsToFloat((int) readBigEndian(Float.BYTES));
  }

  public double readDouble() {
    return Double.longBitsToDouble(readBigEndian(Double.BYTES));
  }

  private long readVariable() {
    byte[] source = bytes;
    int at = position;
    long value = source[at++];
    if (value < 0) {
      value &= 0x7F;
      int shift = 7;
      byte next = source[at++];
      while (next < 0 && shift < 49) {
        value |= (next & 0x7FL) << shift;
        shift += 7;
        next = source[at++];
      }
      value |= (next & 0x7FL) << shift;
      if (next < 0) {
        value |= (source[at++] & 0xFFL) << 56;
      }
    }
    position = at;
    return value;
  }

  private long readBigEndian(int width) {
    long value = 0;
    for (int i = 0; i < width; i++) {
      value = value << 8 | (bytes[position++] & 0xFF);
    }
    return value;
  }

  /** Takes a text in the form in which it was written. */
  public interface TextSink {

    /** Bytes of Latin-1 or of UTF-8. */
    void bytes(byte[] source, int from, int length, Charset charset);

    /** A text that is neither. */
    void text(@Nullable String text);

    /** A text that was written once for the whole chunk. */
    void constant(long key);
  }

  /** Reads a text without making a String of it where that can be avoided. */
  public void readText(TextSink sink) {
    int encoding = readByte();
    switch (encoding) {
      case NULL -> sink.text(null);
      case EMPTY -> sink.text("");
      case CONSTANT -> sink.constant(readLong());
      case UTF8 -> readBytes(sink, StandardCharsets.UTF_8);
      case LATIN1 -> readBytes(sink, StandardCharsets.ISO_8859_1);
      case CHARS -> sink.text(readChars());
      default -> throw new MalformedChunkException("unknown text encoding " + encoding);
    }
  }

  private void readBytes(TextSink sink, Charset charset) {
    int length = readLength();
    sink.bytes(bytes, position, length, charset);
    position += length;
  }

  /** The bytes of a text or the elements of an array, each at least one byte long. */
  public int readLength() {
    int length = readInt();
    if (length < 0 || length > bytes.length - position) {
      throw new MalformedChunkException("a length of " + length + " bytes");
    }
    return length;
  }

  private String readChars() {
    char[] chars = new char[readLength()];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = readChar();
    }
    return new String(chars);
  }

  /** A text that stands in place, as in metadata; null for one that is a constant. */
  @Nullable String readPlainText() {
    PlainText plain = new PlainText();
    readText(plain);
    return plain.value;
  }

  private static final class PlainText implements TextSink {
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
      value = null;
    }
  }

  void skipText() {
    int encoding = readByte();
    switch (encoding) {
      case NULL, EMPTY -> {}
      case CONSTANT -> readLong();
      case UTF8, LATIN1 -> skip(readLength());
      case CHARS -> {
        int length = readLength();
        for (int i = 0; i < length; i++) {
          readChar();
        }
      }
      default -> throw new MalformedChunkException("unknown text encoding " + encoding);
    }
  }

  void skip(int count) {
    position += count;
  }
}
