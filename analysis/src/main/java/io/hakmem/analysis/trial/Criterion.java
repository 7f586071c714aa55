package io.hakmem.analysis.trial;

/**
 * A criterion of the plan, judged.
 *
 * @param level P0 (must), P1 (should) or P2 (nice)
 * @param name what is asked
 * @param detail the numbers that decided
 */
record Criterion(Level level, String name, Outcome outcome, String detail) {

  /** How much a criterion matters; only {@link #P0} decides the exit code. */
  enum Level {
    P0,
    P1,
    P2
  }
}
