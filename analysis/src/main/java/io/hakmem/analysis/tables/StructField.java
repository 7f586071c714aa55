package io.hakmem.analysis.tables;

import io.hakmem.analysis.tables.BatchColumn.Longs;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import jdk.jfr.consumer.RecordedObject;

/**
 * A nested object: a STRUCT whose members have batch columns of their own.
 *
 * @param name the field's name in the enclosing object
 * @param presence a batch column that is 1 where the object is there
 * @param presenceName its name
 * @param members in the recording's order
 */
record StructField(String name, Longs presence, String presenceName, Map<String, Field> members)
    implements Field {

  @Override
  public String expression() {
    List<String> values = new ArrayList<>();
    members.forEach((key, field) -> values.add(Sql.identifier(key) + " := " + field.expression()));
    return "CASE WHEN %s = 1 THEN struct_pack(%s) END"
        .formatted(presenceName, String.join(", ", values));
  }

  @Override
  public void add(RecordedObject source) {
    if (source.getValue(name) instanceof RecordedObject nested) {
      presence.add(1);
      members.values().forEach(field -> field.add(nested));
    } else {
      addNull();
    }
  }

  @Override
  public void addNull() {
    presence.add(0);
    members.values().forEach(Field::addNull);
  }
}
