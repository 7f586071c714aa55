package io.hakmem.analysis.verdict;

import io.hakmem.analysis.render.RecordJson;

/** The verdict as JSON: the records' components are the members, shares are 0 to 1. */
public final class HotPathJson {

  private HotPathJson() {}

  /** One object, ended by a newline. */
  public static String render(HotPath hotPath) {
    return RecordJson.render(hotPath);
  }
}
