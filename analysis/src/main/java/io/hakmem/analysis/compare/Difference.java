package io.hakmem.analysis.compare;

/**
 * One figure on both sides.
 *
 * @param kind what it is about
 * @param name the layer, class or reason
 * @param unit of the figures
 * @param a on the first side
 * @param b on the second side
 * @param difference b − a
 * @param low lower end of its 95 % interval
 * @param high upper end of it
 * @param p chance of a difference like that where there is none, corrected (Holm) for the number of
 *     differences
 * @param significant whether p is below 5 %
 */
public record Difference(
    Kind kind,
    String name,
    String unit,
    double a,
    double b,
    double difference,
    double low,
    double high,
    double p,
    boolean significant) {

  Difference corrected(double corrected) {
    return new Difference(
        kind, name, unit, a, b, difference, low, high, corrected, corrected < 0.05);
  }
}
