package io.hakmem.analysis.doctor;

import java.util.Locale;

/** What a check says. */
public enum Health {
  /** Looked at, and fine. */
  OK,
  /** Worth knowing; the verdict stands. */
  WARNING,
  /** The verdict cannot be trusted until it is mended. */
  FAULT,
  /** The recording does not say. */
  NOT_KNOWN;

  /** As people and JSON read it. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
