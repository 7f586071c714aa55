package io.hakmem.analysis.tables;

import io.hakmem.analysis.recording.ConstantObject;
import io.hakmem.analysis.recording.ConstantPool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Things that many events share (threads, classes, methods), each stored once for all chunks and
 * files in a table of {@code id}, from 1, and {@code value}, a struct.
 */
final class Dictionary {

  private final Map<List<@Nullable Object>, Integer> byContent = new HashMap<>();
  private final Function<ConstantObject, List<@Nullable Object>> attributes;
  private final FixedColumn ids = new FixedColumn(Integer.BYTES);
  private final List<Column> members = new ArrayList<>();
  private final StructColumn value;
  private final TableWriter writer;

  /**
   * @param shape of the struct's members, in their order: T for text, N for a whole number, B for a
   *     boolean
   * @param attributes the values of the members
   */
  Dictionary(
      StoreWriter store,
      String table,
      String shape,
      Function<ConstantObject, List<@Nullable Object>> attributes) {
    this.attributes = attributes;
    for (int i = 0; i < shape.length(); i++) {
      members.add(
          switch (shape.charAt(i)) {
            case 'T' -> new TextColumn();
            case 'N' -> new FixedColumn(Long.BYTES);
            default -> new FixedColumn(1);
          });
    }
    value = new StructColumn(members);
    writer = new TableWriter(store, "hakmem", table, List.of(ids, value));
  }

  /** The number of a chunk's constant; 0 where the chunk lacks it. */
  int number(ConstantPool pool, long key) {
    int slot = pool.find(key);
    if (slot < 0) {
      return 0;
    }
    int known = pool.number(slot);
    if (known < 0) {
      known = resolve(pool, slot);
      pool.setNumber(slot, known);
    }
    return known;
  }

  private int resolve(ConstantPool pool, int slot) {
    return pool.owner().read(pool.type(), pool.at(slot)) instanceof ConstantObject object
        ? byContent.computeIfAbsent(attributes.apply(object), this::store)
        : 0;
  }

  private int store(List<@Nullable Object> values) {
    int id = byContent.size() + 1;
    ids.add(id);
    for (int i = 0; i < values.size(); i++) {
      store(members.get(i), values.get(i));
    }
    value.add();
    writer.added();
    return id;
  }

  private static void store(Column column, @Nullable Object value) {
    if (column instanceof TextColumn texts) {
      texts.add(value == null ? null : value.toString());
    } else if (column instanceof FixedColumn numbers && value instanceof Long number) {
      numbers.add(number);
    } else if (column instanceof FixedColumn flags && value instanceof Boolean flag) {
      flags.add(flag ? 1 : 0);
    } else {
      column.addNull();
    }
  }

  void close() {
    writer.close();
  }
}
