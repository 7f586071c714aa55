package io.hakmem.analysis.trial;

/** A push path of the free side that the trial compares. */
public enum PushPath {
  /** The original's debug path: every check and the walk of the list. The trial's baseline. */
  CHECKED_SCAN("checked-scan"),
  /** Header, next pointer, head, count. What the trial is about. */
  DIRECT("direct");

  private final String label;

  PushPath(String label) {
    this.label = label;
  }

  /** As the agent, the events and the user spell it. */
  public String label() {
    return label;
  }
}
