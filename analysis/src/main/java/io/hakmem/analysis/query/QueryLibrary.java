package io.hakmem.analysis.query;

import io.hakmem.analysis.tables.Database;
import java.util.List;

/** The queries that come with hakmem: each {@code queries/*.sql}, as {@code queries.txt} lists. */
public final class QueryLibrary {

  private QueryLibrary() {}

  /** The names in alphabetical order. */
  public static List<String> names() {
    return Database.resource("queries/queries.txt").lines().toList();
  }

  /** All of them, by name. */
  public static List<Query> all() {
    return names().stream().map(Query::named).toList();
  }

  /**
   * A query by name.
   *
   * @throws UnknownQueryException with the nearest name
   */
  public static Query find(String name) throws UnknownQueryException {
    if (names().contains(name)) {
      return Query.named(name);
    }
    String hint =
        Nearest.to(name, names())
            .map(near -> "; did you mean " + near + "?")
            .orElse("; \"hakmem queries\" lists them");
    throw new UnknownQueryException("there is no query \"" + name + "\"" + hint);
  }
}
