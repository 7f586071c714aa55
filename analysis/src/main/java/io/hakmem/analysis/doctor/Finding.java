package io.hakmem.analysis.doctor;

/**
 * What one check found. Immutable.
 *
 * @param id stable name, for programs
 * @param question what it looks at
 * @param evidence the numbers, a sentence
 * @param remedy how to mend it; empty where nothing has to be
 * @param query the query behind the numbers, or the event type; empty for the file itself
 */
public record Finding(
    String id, String question, Health health, String evidence, String remedy, String query) {}
