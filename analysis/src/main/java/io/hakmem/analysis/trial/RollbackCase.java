package io.hakmem.analysis.trial;

/**
 * One case of the plan's rollback plan, answered.
 *
 * @param name the case
 * @param applies whether what it names was seen
 * @param advice what was seen, and what to do
 */
record RollbackCase(String name, Applies applies, String advice) {

  /** Whether the case was seen. */
  enum Applies {
    YES("yes"),
    NO("no"),
    UNKNOWN("unknown");

    private final String label;

    Applies(String label) {
      this.label = label;
    }

    String label() {
      return label;
    }
  }
}
