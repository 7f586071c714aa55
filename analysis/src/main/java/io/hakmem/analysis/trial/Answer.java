package io.hakmem.analysis.trial;

/** What the evidence says about a hypothesis. */
enum Answer {
  HELD("held"),
  FAILED("failed"),
  UNDECIDED("undecided");

  private final String label;

  Answer(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
