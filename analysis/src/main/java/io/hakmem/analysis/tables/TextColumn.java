package io.hakmem.analysis.tables;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import io.hakmem.analysis.recording.MalformedChunkException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Texts, as UTF-8 one behind the other. */
final class TextColumn extends Column {

  /** DuckDB keeps texts of up to this many bytes inside of the vector: length, then bytes. */
  private static final int INLINE = 12;

  private static final int ENTRY_BYTES = 16;
  private static final int FIRST_BYTES = 1024;

  /** Twice as much is still a number of bytes. */
  private static final int MOST_BYTES = (1 << 30) - 1;

  private byte[] bytes = new byte[FIRST_BYTES];
  private int[] ends = new int[FIRST_CAPACITY];

  void add(@Nullable String text) {
    if (text == null) {
      addNull();
    } else {
      addUtf8(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  void addUtf8(byte[] text) {
    append(text, 0, text.length);
    added();
  }

  /** Adds bytes as they were recorded; ASCII, nearly all of them, needs no conversion. */
  void add(byte[] source, int from, int length, Charset charset) {
    for (int i = from; i < from + length; i++) {
      if (source[i] < 0) {
        add(new String(source, from, length, charset));
        return;
      }
    }
    append(source, from, length);
    added();
  }

  private int start(int row) {
    return row == 0 ? 0 : ends[row - 1];
  }

  private void append(byte[] source, int from, int length) {
    int row = size();
    int start = start(row);
    if (length > MOST_BYTES - start) {
      throw new MalformedChunkException("texts of more than a gigabyte in a few events");
    }
    if (length > bytes.length - start) {
      bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, start + length));
    }
    System.arraycopy(source, from, bytes, start, length);
    end(row, start + length);
  }

  private void end(int row, int end) {
    if (row == ends.length) {
      ends = Arrays.copyOf(ends, row * 2);
    }
    ends[row] = end;
  }

  @Override
  void addNull() {
    end(size(), start(size()));
    super.addNull();
  }

  @Override
  void writeValues(MemorySegment vector) {
    int rows = size();
    MemorySegment data = DuckDbLibrary.data(vector, (long) rows * ENTRY_BYTES);
    MemorySegment source = MemorySegment.ofArray(bytes);
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment copy = MemorySegment.NULL;
      for (int row = 0; row < rows; row++) {
        int start = start(row);
        int length = ends[row] - start;
        if (length <= INLINE) {
          long entry = (long) row * ENTRY_BYTES;
          data.set(JAVA_LONG, entry, 0);
          data.set(JAVA_LONG, entry + Long.BYTES, 0);
          data.set(JAVA_INT, entry, length);
          MemorySegment.copy(
              source, JAVA_BYTE, start, data, JAVA_BYTE, entry + Integer.BYTES, length);
        } else {
          if (copy.byteSize() == 0) {
            copy = arena.allocate(ends[rows - 1]).copyFrom(source.asSlice(0, ends[rows - 1]));
          }
          DuckDbLibrary.assignText(vector, row, copy.asSlice(start), length);
        }
      }
    }
  }

  @Override
  void truncate(int rows) {
    super.truncate(rows);
    if (rows == 0 && bytes.length > 1 << 20) {
      bytes = new byte[FIRST_BYTES];
    }
  }
}
