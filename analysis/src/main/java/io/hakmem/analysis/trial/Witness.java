package io.hakmem.analysis.trial;

/**
 * One independent piece of evidence on the hypothesis.
 *
 * @param name where it comes from
 * @param numbers what it saw
 */
record Witness(String name, Answer answer, String numbers) {}
