package io.hakmem.analysis.trial;

import java.util.List;

/** A push path of the free side that the agent can install. */
public enum PushPath {
  /** The original's debug path: every check and the walk of the list. The trial's baseline. */
  CHECKED_SCAN("checked-scan"),
  /** Header, next pointer, head, count. What the trial is about. */
  DIRECT("direct"),
  /** Direct, and a header that says whether the block is live. */
  GUARDED("guarded"),
  /** Every check, each in constant time, with the stacks of who allocated and freed. */
  CHECKED("checked");

  /** What the trial compares, the baseline first. */
  public static final List<PushPath> COMPARED = List.of(CHECKED_SCAN, DIRECT);

  private final String label;

  /** Whether it looks at what is freed, so that it sees misuse. */
  boolean checks() {
    return this != DIRECT;
  }

  PushPath(String label) {
    this.label = label;
  }

  /** As the agent, the events and the user spell it. */
  public String label() {
    return label;
  }
}
