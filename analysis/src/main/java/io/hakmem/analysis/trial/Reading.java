package io.hakmem.analysis.trial;

/**
 * A run's throughput as its command reads it.
 *
 * @param operationsPerSecond NaN where there is none
 * @param problem why there is none, a sentence; empty where all is well
 */
record Reading(double operationsPerSecond, String problem) {}
