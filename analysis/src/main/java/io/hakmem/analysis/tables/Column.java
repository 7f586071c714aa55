package io.hakmem.analysis.tables;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * Values of one column, or of one member of a nested one, on their way into a vector of DuckDB. The
 * shapes are {@link FixedColumn}, {@link TextColumn}, {@link ListColumn} and {@link StructColumn}.
 * Not thread-safe.
 */
abstract class Column {

  static final int FIRST_CAPACITY = 64;

  private int size;
  private long[] valid = new long[FIRST_CAPACITY / Long.SIZE];
  private boolean nulls;

  int size() {
    return size;
  }

  /** Adds an absent value. */
  void addNull() {
    nulls = true;
    reserveValidity();
    valid[size >> 6] &= ~(1L << size);
    size++;
  }

  /** Counts a value that the shape has stored. */
  final void added() {
    reserveValidity();
    valid[size >> 6] |= 1L << size;
    size++;
  }

  private void reserveValidity() {
    if (size >> 6 >= valid.length) {
      valid = Arrays.copyOf(valid, valid.length * 2);
    }
  }

  /** Forgets all rows from this one on. */
  void truncate(int rows) {
    size = rows;
    if (rows == 0) {
      nulls = false;
    }
  }

  /** Writes all rows to the vector. */
  final void write(MemorySegment vector) {
    if (nulls) {
      int words = (size + Long.SIZE - 1) / Long.SIZE;
      MemorySegment target = DuckDbLibrary.validity(vector, (long) words * Long.BYTES);
      target.copyFrom(MemorySegment.ofArray(valid).asSlice(0, target.byteSize()));
    }
    if (size > 0) {
      writeValues(vector);
    }
  }

  final boolean isNull(int row) {
    return nulls && (valid[row >> 6] & (1L << row)) == 0;
  }

  abstract void writeValues(MemorySegment vector);
}
