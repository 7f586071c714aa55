package io.hakmem.analysis.tables;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Values of one, two, four or eight bytes; floating-point numbers as their bits. */
final class FixedColumn extends Column {

  private final int width;
  private long[] values = new long[FIRST_CAPACITY];

  FixedColumn(int width) {
    this.width = width;
  }

  void add(long value) {
    int row = size();
    if (row == values.length) {
      values = Arrays.copyOf(values, row * 2);
    }
    values[row] = value;
    added();
  }

  @Override
  void addNull() {
    int row = size();
    if (row == values.length) {
      values = Arrays.copyOf(values, row * 2);
    }
    values[row] = 0;
    super.addNull();
  }

  @Override
  void writeValues(MemorySegment vector) {
    int rows = size();
    MemorySegment data = DuckDbLibrary.data(vector, (long) rows * width);
    switch (width) {
      case Byte.BYTES -> {
        for (int i = 0; i < rows; i++) {
          data.set(JAVA_BYTE, i, (byte) values[i]);
        }
      }
      case Short.BYTES -> {
        for (int i = 0; i < rows; i++) {
          data.setAtIndex(JAVA_SHORT, i, (short) values[i]);
        }
      }
      case Integer.BYTES -> {
        for (int i = 0; i < rows; i++) {
          data.setAtIndex(JAVA_INT, i, (int) values[i]);
        }
      }
      default -> MemorySegment.copy(values, 0, data, JAVA_LONG, 0, rows);
    }
  }
}
