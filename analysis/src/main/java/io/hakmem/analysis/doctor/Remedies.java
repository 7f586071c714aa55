package io.hakmem.analysis.doctor;

/** Remedies that several checks share. */
final class Remedies {

  static final String RECORD =
      "Record with './hakmem record --push PATH -o FILE -- PROGRAM', which sets profile and flags.";

  static final String PROFILE =
      "Record with the profile hakmem-hotpath.jfc ('./hakmem record' uses it).";

  static final String LONGER = "Record for longer: ten seconds of steady work are plenty.";

  private Remedies() {}
}
