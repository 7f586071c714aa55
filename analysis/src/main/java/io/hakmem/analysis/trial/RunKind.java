package io.hakmem.analysis.trial;

/** What a child JVM was run for. */
enum RunKind {
  /** An unrecorded run whose throughput counts. */
  FIGURE("figure"),
  /** A run with Flight Recorder on: for the hot path and the proof of the swap, not for figures. */
  RECORDED("recorded"),
  /** The plan's large stress. */
  STRESS("stress"),
  /** The plan's five seeds. */
  STABILITY("stability"),
  /** The plan's short run with the checks on. */
  DEBUG("debug");

  private final String label;

  RunKind(String label) {
    this.label = label;
  }

  String label() {
    return label;
  }
}
