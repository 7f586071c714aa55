package io.hakmem.analysis.verdict;

/**
 * Something to try, with what speaks for it.
 *
 * @param id stable name
 * @param advice what to do
 * @param evidence the numbers that speak for it
 * @param expected what should come of it
 * @param query behind the numbers, for {@code hakmem sql}
 */
public record Recommendation(
    String id, String advice, String evidence, String expected, String query) {

  /** All of it for people. */
  public String sentence() {
    return "%s Evidence: %s. Expected: %s. Query: %s.".formatted(advice, evidence, expected, query);
  }
}
