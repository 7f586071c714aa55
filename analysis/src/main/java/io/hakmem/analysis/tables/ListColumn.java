package io.hakmem.analysis.tables;

import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** Arrays, their elements in one column behind each other. */
final class ListColumn extends Column {

  private static final int ENTRY_BYTES = 16;

  private final Column elements;
  private int[] ends = new int[FIRST_CAPACITY];

  ListColumn(Column elements) {
    this.elements = elements;
  }

  /** Adds the array whose elements were added to the column of elements. */
  void add() {
    end();
    added();
  }

  @Override
  void addNull() {
    elements.truncate(size() == 0 ? 0 : ends[size() - 1]);
    end();
    super.addNull();
  }

  private void end() {
    int row = size();
    if (row == ends.length) {
      ends = Arrays.copyOf(ends, row * 2);
    }
    ends[row] = elements.size();
  }

  @Override
  void writeValues(MemorySegment vector) {
    MemorySegment data = DuckDbLibrary.data(vector, (long) size() * ENTRY_BYTES);
    int start = 0;
    for (int row = 0; row < size(); row++) {
      data.setAtIndex(JAVA_LONG, row * 2L, start);
      data.setAtIndex(JAVA_LONG, row * 2L + 1, ends[row] - start);
      start = ends[row];
    }
    elements.write(DuckDbLibrary.listChild(vector, elements.size()));
  }

  @Override
  void truncate(int rows) {
    super.truncate(rows);
    elements.truncate(rows == 0 ? 0 : ends[rows - 1]);
  }
}
