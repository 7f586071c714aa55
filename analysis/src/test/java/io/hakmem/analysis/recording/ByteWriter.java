package io.hakmem.analysis.recording;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Numbers and texts as JFR writes them, with and without compressed integers. */
public final class ByteWriter {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final boolean compressed;

  ByteWriter(boolean compressed) {
    this.compressed = compressed;
  }

  public ByteWriter u1(int value) {
    bytes.write(value);
    return this;
  }

  public ByteWriter u2(int value) {
    return compressed ? variable(value & 0xFFFF) : bigEndian(value, Short.BYTES);
  }

  public ByteWriter u4(int value) {
    return compressed ? variable(value & 0xFFFF_FFFFL) : bigEndian(value, Integer.BYTES);
  }

  public ByteWriter u8(long value) {
    return compressed ? variable(value) : bigEndian(value, Long.BYTES);
  }

  ByteWriter bigEndian(long value, int width) {
    for (int shift = 8 * (width - 1); shift >= 0; shift -= 8) {
      bytes.write((int) (value >>> shift));
    }
    return this;
  }

  /** LEB128, the ninth byte whole. */
  private ByteWriter variable(long value) {
    long rest = value;
    for (int i = 0; i < 8; i++) {
      if (rest >>> 7 == 0) {
        return u1((int) rest);
      }
      u1((int) (rest | 0x80));
      rest >>>= 7;
    }
    return u1((int) rest);
  }

  /** As the JVM writes texts of its own: null, empty or UTF-8. */
  public ByteWriter text(@Nullable String text) {
    if (text == null || text.isEmpty()) {
      return u1(text == null ? 0 : 1);
    }
    return encoded(3, text, StandardCharsets.UTF_8);
  }

  public ByteWriter latin1(String text) {
    return encoded(5, text, StandardCharsets.ISO_8859_1);
  }

  private ByteWriter encoded(int encoding, String text, Charset charset) {
    byte[] content = text.getBytes(charset);
    return u1(encoding).u4(content.length).raw(content);
  }

  /** As Java writes texts beyond Latin-1; halves of surrogate pairs survive. */
  public ByteWriter chars(String text) {
    u1(4).u4(text.length());
    text.chars().forEach(this::u2);
    return this;
  }

  /** A text that is a constant of the chunk. */
  public ByteWriter constantText(long key) {
    return u1(2).u8(key);
  }

  public ByteWriter raw(byte[] content) {
    bytes.writeBytes(content);
    return this;
  }

  int size() {
    return bytes.size();
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}
