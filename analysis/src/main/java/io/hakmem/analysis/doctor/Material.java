package io.hakmem.analysis.doctor;

import io.hakmem.analysis.query.QueryRunner;
import io.hakmem.analysis.tables.EventTables;
import io.hakmem.analysis.verdict.HotPath;
import java.sql.ResultSetMetaData;
import java.util.List;
import java.util.Optional;

/**
 * What the checks look at: one recording, loaded and weighed.
 *
 * @param hotPath the verdict that is to be trusted or not
 */
record Material(EventTables tables, QueryRunner queries, HotPath hotPath) {

  boolean sampled() {
    return hotPath.samples() > 0;
  }

  /** The numbers of the query's only row; nothing where it has none or its events are missing. */
  Optional<double[]> numbers(String query) {
    return rows(query).stream().findFirst();
  }

  /** The numbers of every row. */
  List<double[]> rows(String query) {
    return queries.list(
        query,
        row -> {
          ResultSetMetaData columns = row.getMetaData();
          double[] numbers = new double[columns.getColumnCount()];
          for (int i = 0; i < numbers.length; i++) {
            numbers[i] = row.getDouble(i + 1);
          }
          return numbers;
        });
  }

  /** As {@link #numbers}, of a query over the attributed samples, which may not be there. */
  Optional<double[]> ofSamples(String query) {
    return sampled() ? numbers(query) : Optional.empty();
  }

  /** Seconds that the samples span; 0 without. */
  double seconds() {
    return ofSamples("sample-span").map(numbers -> numbers[0] / 1e9).orElse(0.0);
  }
}
