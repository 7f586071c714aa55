package io.hakmem.analysis.tables;

import java.lang.foreign.MemorySegment;
import java.util.List;

/** Nested objects: a column for each member. */
final class StructColumn extends Column {

  private final List<? extends Column> members;

  StructColumn(List<? extends Column> members) {
    this.members = List.copyOf(members);
  }

  /** Counts the object whose members were added. */
  void add() {
    added();
  }

  @Override
  void addNull() {
    members.forEach(Column::addNull);
    super.addNull();
  }

  @Override
  void writeValues(MemorySegment vector) {
    for (int i = 0; i < members.size(); i++) {
      members.get(i).write(DuckDbLibrary.structChild(vector, i));
    }
  }

  @Override
  void truncate(int rows) {
    super.truncate(rows);
    members.forEach(member -> member.truncate(rows));
  }
}
