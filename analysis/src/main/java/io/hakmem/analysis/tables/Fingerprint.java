package io.hakmem.analysis.tables;

/**
 * 128 bits that stand for a stack's content, so that the dictionary need not keep the stacks: for
 * ten million stacks the chance of one false match is below 10⁻²⁴.
 */
record Fingerprint(long high, long low) {

  static final Fingerprint EMPTY = new Fingerprint(0x9E3779B97F4A7C15L, 0xC2B2AE3D27D4EB4FL);

  Fingerprint with(long value) {
    return new Fingerprint(
        mix(high ^ value, 0xBF58476D1CE4E5B9L), mix(low + value, 0x94D049BB133111EBL));
  }

  private static long mix(long value, long factor) {
    long product = (value ^ (value >>> 32)) * factor;
    return (product ^ (product >>> 29)) * 0xFF51AFD7ED558CCDL + 0x2545F4914F6CDD1DL;
  }
}
