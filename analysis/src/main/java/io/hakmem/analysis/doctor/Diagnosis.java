package io.hakmem.analysis.doctor;

import java.util.List;

/**
 * All that the doctor found in one recording. Immutable.
 *
 * @param schema {@code hakmem-doctor/1}
 * @param recording the file's name, without its folder
 * @param healthy whether there is no fault
 * @param findings in the order of the checks
 */
public record Diagnosis(String schema, String recording, boolean healthy, List<Finding> findings) {

  static final String SCHEMA = "hakmem-doctor/1";

  static Diagnosis of(String recording, List<Finding> findings) {
    boolean healthy = findings.stream().noneMatch(found -> found.health() == Health.FAULT);
    return new Diagnosis(SCHEMA, recording, healthy, List.copyOf(findings));
  }

  /** How many findings are of that kind. */
  public long count(Health health) {
    return findings.stream().filter(found -> found.health() == health).count();
  }
}
