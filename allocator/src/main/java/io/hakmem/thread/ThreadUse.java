package io.hakmem.thread;

/**
 * What one thread's cache holds.
 *
 * @param threadId of the owner
 * @param name of the owner, empty if it is gone
 * @param cachedBytes of free blocks on its lists
 * @param operations allocations and frees that the cache served so far
 */
public record ThreadUse(long threadId, String name, long cachedBytes, long operations) {}
