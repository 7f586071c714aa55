package io.hakmem.event;

/**
 * What an {@link OperationTrace} says; the components are its fields.
 *
 * @param age nanoseconds since the first operation began
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
    long age,
    long checksum,
    String data) {}
