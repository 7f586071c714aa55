package io.hakmem.analysis.trial;

/** Whether a criterion is met. */
enum Outcome {
  MET("met"),
  NOT_MET("not met"),
  NOT_DECIDABLE("not decidable");

  private final String label;

  Outcome(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
