package io.hakmem.analysis.query;

import io.hakmem.analysis.tables.TablesException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The names that a user's SQL may refer to.
 *
 * @param tables columns by table or view, in their order
 * @param functions of DuckDB and ours
 */
public record Catalog(Map<String, List<String>> tables, List<String> functions) {

  private static final String COLUMNS = "catalog/columns";
  private static final String FUNCTIONS = "catalog/functions";

  /** Reads the names of a store. */
  public static Catalog of(Connection connection) {
    Map<String, List<String>> tables = new LinkedHashMap<>();
    List<String> functions = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      try (ResultSet rows = statement.executeQuery(Query.read(COLUMNS).sql())) {
        while (rows.next()) {
          tables
              .computeIfAbsent(rows.getString(1), name -> new ArrayList<>())
              .add(rows.getString(2));
        }
      }
      try (ResultSet rows = statement.executeQuery(Query.read(FUNCTIONS).sql())) {
        while (rows.next()) {
          functions.add(rows.getString(1));
        }
      }
    } catch (SQLException e) {
      throw new TablesException("the catalog cannot be read", e);
    }
    return new Catalog(tables, functions);
  }

  /** Columns of those tables whose names are in the text; of all where there is none. */
  public List<String> columnsNear(String sql) {
    List<String> near =
        tables.entrySet().stream()
            .filter(table -> sql.contains(table.getKey()))
            .flatMap(table -> table.getValue().stream())
            .distinct()
            .toList();
    return near.isEmpty()
        ? tables.values().stream().flatMap(List::stream).distinct().toList()
        : near;
  }
}
