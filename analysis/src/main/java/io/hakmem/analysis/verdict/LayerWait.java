package io.hakmem.analysis.verdict;

/**
 * Time that threads spent waiting for locks in one layer, which no CPU sample shows.
 *
 * @param layer the layer's name
 * @param waits how often a thread waited
 * @param nanos how long in all
 * @param longest the longest of them in nanoseconds
 */
public record LayerWait(String layer, long waits, long nanos, long longest) {}
