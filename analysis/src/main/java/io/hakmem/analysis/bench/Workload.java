package io.hakmem.analysis.bench;

/** A workload as the driver describes it, with the numbers that it runs with by itself. */
record Workload(String name, String meaning, long operations, int workingSet, int threads) {}
