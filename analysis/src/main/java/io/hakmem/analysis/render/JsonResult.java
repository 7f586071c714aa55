package io.hakmem.analysis.render;

import io.hakmem.analysis.query.ResultColumn;
import io.hakmem.analysis.query.ResultWriter;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Results as JSON: an array of objects, one line each. */
final class JsonResult implements ResultWriter {

  private final PrintWriter out;
  private List<String> keys = List.of();
  private boolean first = true;

  JsonResult(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void begin(List<ResultColumn> columns) {
    keys = distinct(columns);
    first = true;
    out.print("[");
  }

  /** SQL allows a name twice, an object does not: the second {@code n} becomes {@code n_1}. */
  private static List<String> distinct(List<ResultColumn> columns) {
    Set<String> taken = new HashSet<>(columns.stream().map(ResultColumn::name).toList());
    Set<String> used = new HashSet<>();
    List<String> keys = new ArrayList<>();
    for (ResultColumn column : columns) {
      String key = column.name();
      for (int i = 1; !used.add(key); i++) {
        String candidate = column.name() + "_" + i;
        key = taken.contains(candidate) ? key : candidate;
      }
      keys.add(key);
    }
    return keys;
  }

  @Override
  public void row(List<@Nullable Object> values) {
    StringBuilder line = new StringBuilder(first ? "\n  {" : ",\n  {");
    first = false;
    for (int i = 0; i < keys.size(); i++) {
      line.append(i == 0 ? "" : ", ");
      JsonText.string(line, keys.get(i));
      line.append(": ");
      JsonText.append(line, values.get(i));
    }
    out.print(line.append('}'));
  }

  @Override
  public void end() {
    out.print(first ? "]\n" : "\n]\n");
  }
}
