package io.hakmem.analysis.compare;

/** What a difference is about. */
public enum Kind {
  /** Share of a layer in the CPU time, in percentage points. */
  LAYER_SHARE("layer", "points"),
  /** CPU time of a layer per operation. */
  LAYER_COST("layer", "ns per operation"),
  /** Refills of a size class per thousand allocates. */
  CLASS_REFILLS("class", "per 1000 allocates"),
  /** Capacity rejections of a size class per thousand frees. */
  CLASS_REJECTIONS("class", "per 1000 frees"),
  /** Time in slow paths of one reason per operation. */
  REASON_TIME("reason", "ns per operation");

  private final String subject;
  private final String unit;

  Kind(String subject, String unit) {
    this.subject = subject;
    this.unit = unit;
  }

  /** The heading of the column of names. */
  public String subject() {
    return subject;
  }

  public String unit() {
    return unit;
  }
}
