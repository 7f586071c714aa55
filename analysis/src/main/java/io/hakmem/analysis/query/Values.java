package io.hakmem.analysis.query;

import java.sql.Array;
import java.sql.Blob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Struct;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.duckdb.DuckDBStruct;
import org.jspecify.annotations.Nullable;

/** DuckDB's values as those that a {@link ResultWriter} takes. */
final class Values {

  private static final Set<Integer> NUMBERS =
      Set.of(
          Types.TINYINT,
          Types.SMALLINT,
          Types.INTEGER,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.DECIMAL,
          Types.NUMERIC);

  /** Beyond SQL's own: DuckDB calls these OTHER. */
  private static final Set<String> WIDE_NUMBERS =
      Set.of("HUGEINT", "UHUGEINT", "UBIGINT", "UINTEGER", "USMALLINT", "UTINYINT");

  /** Digits of a second by type. */
  private static final Map<String, Integer> DIGITS =
      Map.of("TIMESTAMP_NS", 9, "TIMESTAMP", 6, "TIMESTAMP_MS", 3, "TIMESTAMP_S", 0);

  private Values() {}

  static List<ResultColumn> columns(ResultSetMetaData metadata) throws SQLException {
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      boolean numeric =
          NUMBERS.contains(metadata.getColumnType(i))
              || WIDE_NUMBERS.contains(metadata.getColumnTypeName(i));
      columns.add(new ResultColumn(metadata.getColumnLabel(i), numeric));
    }
    return columns;
  }

  static List<@Nullable Object> row(ResultSet rows, ResultSetMetaData metadata)
      throws SQLException {
    List<@Nullable Object> row = new ArrayList<>();
    for (int i = 1; i <= metadata.getColumnCount(); i++) {
      Integer digits = DIGITS.get(metadata.getColumnTypeName(i));
      if (digits == null) {
        row.add(value(rows.getObject(i)));
      } else {
        // Not as java.sql.Timestamp, which knows no times in the hour that summer time skips.
        LocalDateTime time = rows.getObject(i, LocalDateTime.class);
        row.add(rows.wasNull() || time == null ? null : text(time, digits));
      }
    }
    return row;
  }

  private static @Nullable Object value(@Nullable Object value) throws SQLException {
    if (value == null
        || value instanceof Boolean
        || value instanceof Number
        || value instanceof String) {
      return value;
    }
    if (value instanceof Timestamp time) {
      return text(time.toLocalDateTime(), 9);
    }
    if (value instanceof OffsetDateTime time) {
      return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time);
    }
    if (value instanceof Array array) {
      return list((Object[]) array.getArray());
    }
    if (value instanceof DuckDBStruct struct) {
      return map(struct.getMap());
    }
    if (value instanceof Struct struct) {
      return list(struct.getAttributes());
    }
    if (value instanceof Map<?, ?> map) {
      return map(map);
    }
    if (value instanceof Blob blob) {
      return HexFormat.of().formatHex(blob.getBytes(1, (int) blob.length()));
    }
    return value.toString();
  }

  private static String text(LocalDateTime time, int digits) {
    String seconds =
        String.format(
            Locale.ROOT,
            "%04d-%02d-%02d %02d:%02d:%02d",
            time.getYear(),
            time.getMonthValue(),
            time.getDayOfMonth(),
            time.getHour(),
            time.getMinute(),
            time.getSecond());
    String fraction = String.format(Locale.ROOT, "%09d", time.getNano()).substring(0, digits);
    return digits == 0 ? seconds : seconds + "." + fraction;
  }

  private static List<@Nullable Object> list(@Nullable Object[] elements) throws SQLException {
    List<@Nullable Object> list = new ArrayList<>();
    for (Object element : elements) {
      list.add(value(element));
    }
    return list;
  }

  private static Map<String, @Nullable Object> map(Map<?, ?> entries) throws SQLException {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (Map.Entry<?, ?> entry : entries.entrySet()) {
      map.put(String.valueOf(value(entry.getKey())), value(entry.getValue()));
    }
    return map;
  }
}
