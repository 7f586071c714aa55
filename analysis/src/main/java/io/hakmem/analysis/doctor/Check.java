package io.hakmem.analysis.doctor;

/**
 * A check's fixed part; makes its findings.
 *
 * @param id stable name
 * @param question what it looks at
 * @param query the query or event type that it rests on
 */
record Check(String id, String question, String query) {

  Finding ok(String evidence) {
    return new Finding(id, question, Health.OK, evidence, "", query);
  }

  Finding warning(String evidence, String remedy) {
    return new Finding(id, question, Health.WARNING, evidence, remedy, query);
  }

  Finding fault(String evidence, String remedy) {
    return new Finding(id, question, Health.FAULT, evidence, remedy, query);
  }

  Finding notKnown(String evidence, String remedy) {
    return new Finding(id, question, Health.NOT_KNOWN, evidence, remedy, query);
  }

  /** Fault above the one bound, warning above the other, else fine. */
  Finding graded(double value, double warning, double fault, String evidence, String remedy) {
    if (value > fault) {
      return fault(evidence, remedy);
    }
    return value > warning ? warning(evidence, remedy) : ok(evidence);
  }
}
