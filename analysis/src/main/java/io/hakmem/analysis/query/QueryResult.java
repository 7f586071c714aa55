package io.hakmem.analysis.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a query gave: names of columns and rows of values. A renderer makes text of it.
 *
 * @param numeric whether the column of that position holds numbers
 */
public record QueryResult(
    List<String> columns, List<Boolean> numeric, List<List<@Nullable Object>> rows) {}
