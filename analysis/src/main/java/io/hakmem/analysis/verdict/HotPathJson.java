package io.hakmem.analysis.verdict;

import io.hakmem.analysis.render.RecordJson;

/**
 * The verdict as JSON: the records' components are the members, shares are 0 to 1. The names are a
 * contract, documented in {@code docs/json.md} of the module.
 */
public final class HotPathJson {

  /** Of a verdict; fields may be added, none goes or changes its meaning without a new number. */
  public static final String SCHEMA = "hakmem-analyze/1";

  /** Of the answer to {@code --hypothesis}. */
  public static final String HYPOTHESIS_SCHEMA = "hakmem-hypothesis/1";

  private HotPathJson() {}

  /** One object, ended by a newline. */
  public static String render(HotPath hotPath) {
    return RecordJson.render(SCHEMA, hotPath);
  }

  /** As {@link #render(HotPath)}, of a hypothesis. */
  public static String render(LayerHypothesis weighed) {
    return RecordJson.render(HYPOTHESIS_SCHEMA, weighed);
  }
}
