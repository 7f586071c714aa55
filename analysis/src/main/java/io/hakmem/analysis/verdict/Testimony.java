package io.hakmem.analysis.verdict;

/**
 * What an independent witness says about the samples' shares.
 *
 * @param witness where it comes from
 * @param agrees whether it differs by no more than the noise
 * @param numbers what both saw, a sentence
 * @param query behind the witness's number
 */
public record Testimony(String witness, boolean agrees, String numbers, String query) {}
