package io.hakmem.analysis.query;

/**
 * A column of a result.
 *
 * @param numeric whether its values are numbers
 */
public record ResultColumn(String name, boolean numeric) {}
