package io.hakmem.analysis.tables;

import io.hakmem.analysis.tables.BatchColumn.Longs;
import io.hakmem.analysis.tables.BatchColumn.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Things that many events share (threads, classes, methods), each stored once in a table of {@code
 * id} and {@code value}, a struct. The parser hands out the same object for the same constant of a
 * chunk, so identity is looked at first and content only for new objects.
 *
 * @param <T> the parser's object
 */
final class ReferenceTable<T> {

  /** Objects of past chunks never come back; forgetting all of them now and then bounds the map. */
  private static final int IDENTITIES = 1 << 16;

  private final IdentityHashMap<T, Long> byIdentity = new IdentityHashMap<>();
  private final Map<List<@Nullable Object>, Long> byContent = new HashMap<>();
  private final Function<T, List<@Nullable Object>> attributes;
  private final Longs ids;
  private final List<BatchColumn> columns = new ArrayList<>();
  private final TableWriter writer;

  /**
   * @param fields names of the struct's fields; one that ends in {@code #} is a whole number or a
   *     boolean, the others are text
   * @param attributes the values of the fields, in that order
   */
  ReferenceTable(
      Database database,
      String table,
      List<String> fields,
      Function<T, List<@Nullable Object>> attributes) {
    this.attributes = attributes;
    Batch batch = new Batch();
    ids = batch.add(new Longs());
    List<String> pack = new ArrayList<>();
    for (String field : fields) {
      boolean number = field.endsWith("#");
      columns.add(batch.add(number ? new Longs() : new Texts()));
      pack.add(Sql.identifier(field.replace("#", "")) + " := " + Batch.name(columns.size()));
    }
    String selection = "c0 AS id, struct_pack(" + String.join(", ", pack) + ") AS value";
    writer = new TableWriter(database, batch, table, selection, "");
  }

  long id(T object) {
    Long known = byIdentity.get(object);
    if (known != null) {
      return known;
    }
    if (byIdentity.size() >= IDENTITIES) {
      byIdentity.clear();
    }
    long id = byContent.computeIfAbsent(attributes.apply(object), this::store);
    byIdentity.put(object, id);
    return id;
  }

  private long store(List<@Nullable Object> values) {
    if (writer.full()) {
      writer.flush();
    }
    long id = byContent.size();
    ids.add(id);
    for (int i = 0; i < values.size(); i++) {
      store(columns.get(i), values.get(i));
    }
    return id;
  }

  private static void store(BatchColumn column, @Nullable Object value) {
    if (value == null) {
      column.addNull();
    } else if (column instanceof Longs longs) {
      longs.add(value instanceof Boolean flag ? (flag ? 1 : 0) : ((Number) value).longValue());
    } else if (column instanceof Texts texts) {
      texts.add(value.toString());
    }
  }

  void flush() {
    writer.flush();
  }
}
