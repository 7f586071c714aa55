package io.hakmem.analysis.tables;

import java.util.Arrays;
import java.util.BitSet;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * One column of a {@link Batch}, in one of three physical shapes; the SQL that empties the batch
 * casts to the column's real type. Not thread-safe.
 */
abstract sealed class BatchColumn {

  static final int FIRST_CAPACITY = 64;

  private final BitSet nulls = new BitSet();
  int size;

  abstract DuckDBColumnType type();

  abstract void addNull();

  abstract void write(DuckDBWritableVector vector, int from, int count);

  void clear() {
    nulls.clear();
    size = 0;
  }

  final void markNull() {
    nulls.set(size);
  }

  final boolean isNull(int row) {
    return nulls.get(row);
  }

  /** Whole numbers of every width, booleans, nanoseconds and ids. */
  static final class Longs extends BatchColumn {

    private long[] values = new long[FIRST_CAPACITY];

    void add(long value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    @Override
    void addNull() {
      markNull();
      add(0);
    }

    @Override
    DuckDBColumnType type() {
      return DuckDBColumnType.BIGINT;
    }

    @Override
    void write(DuckDBWritableVector vector, int from, int count) {
      for (int i = 0; i < count; i++) {
        if (isNull(from + i)) {
          vector.setNull(i);
        } else {
          vector.setLong(i, values[from + i]);
        }
      }
    }
  }

  /** Floating-point numbers of both widths. */
  static final class Doubles extends BatchColumn {

    private double[] values = new double[FIRST_CAPACITY];

    void add(double value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    @Override
    void addNull() {
      markNull();
      add(0);
    }

    @Override
    DuckDBColumnType type() {
      return DuckDBColumnType.DOUBLE;
    }

    @Override
    void write(DuckDBWritableVector vector, int from, int count) {
      for (int i = 0; i < count; i++) {
        if (isNull(from + i)) {
          vector.setNull(i);
        } else {
          vector.setDouble(i, values[from + i]);
        }
      }
    }
  }

  /** Text. */
  static final class Texts extends BatchColumn {

    private @Nullable String[] values = new @Nullable String[FIRST_CAPACITY];

    void add(@Nullable String value) {
      if (size == values.length) {
        values = Arrays.copyOf(values, size * 2);
      }
      values[size++] = value;
    }

    @Override
    void addNull() {
      add(null);
    }

    @Override
    DuckDBColumnType type() {
      return DuckDBColumnType.VARCHAR;
    }

    @Override
    void write(DuckDBWritableVector vector, int from, int count) {
      for (int i = 0; i < count; i++) {
        String value = values[from + i];
        if (value == null) {
          vector.setNull(i);
        } else {
          vector.setString(i, value);
        }
      }
    }

    @Override
    void clear() {
      Arrays.fill(values, 0, size, null);
      super.clear();
    }
  }
}
