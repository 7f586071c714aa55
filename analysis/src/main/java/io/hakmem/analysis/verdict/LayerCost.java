package io.hakmem.analysis.verdict;

/**
 * What one layer costs per operation, an allocate or a free.
 *
 * @param nanos CPU time per operation
 * @param low lower end of its 95 % interval, from the number of samples
 * @param high upper end of it
 */
public record LayerCost(String layer, double nanos, double low, double high) {}
