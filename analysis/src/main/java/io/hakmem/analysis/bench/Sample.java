package io.hakmem.analysis.bench;

/**
 * What one process measured.
 *
 * @param residentGrowth bytes, from before the first block to the end; negative for unknown
 */
record Sample(int round, double operationsPerSecond, long residentGrowth) {}
