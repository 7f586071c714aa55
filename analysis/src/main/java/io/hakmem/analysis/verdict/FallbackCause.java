package io.hakmem.analysis.verdict;

/** One cause of slow-path fallbacks: how often, and how long it took in all and at worst. */
public record FallbackCause(
    String operation,
    String reason,
    String source,
    long count,
    long totalNanos,
    long maxNanos,
    long blocksMoved) {}
