package io.hakmem.analysis.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes results as they come, so that no result has to fit into memory. Values are null, Boolean,
 * Number, String, List or Map (a struct, in its order) of such. Not thread-safe.
 */
public interface ResultWriter {

  /** A result starts. */
  void begin(List<ResultColumn> columns);

  /** One more row; it has as many values as there are columns. */
  void row(List<@Nullable Object> values);

  /** The result is complete. */
  void end();
}
