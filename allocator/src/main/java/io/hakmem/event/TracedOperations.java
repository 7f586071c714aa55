package io.hakmem.event;

/**
 * What an {@link OperationTrace} says; the components are its fields, but for the time.
 *
 * @param began {@link System#nanoTime} when the first operation began
 */
public record TracedOperations(
    int version,
    long stream,
    long threadId,
    String threadName,
    long firstOperation,
    int operations,
    int repeatedOperations,
    long lostOperations,
    long recordedFrom,
    long began,
    long checksum,
    String data) {}
