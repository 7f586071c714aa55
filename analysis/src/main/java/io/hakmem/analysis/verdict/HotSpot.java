package io.hakmem.analysis.verdict;

/** A method, line or package that CPU samples fell on, with the layer that they count for. */
public record HotSpot(String name, String layer, long samples, double share) {}
