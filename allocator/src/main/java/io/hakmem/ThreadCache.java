package io.hakmem;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.BlockLayout.CLASS_MASK;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;

import io.hakmem.config.SizeClasses;
import io.hakmem.thread.FreePath;
import io.hakmem.thread.ThreadCaches;
import java.lang.ref.Reference;

/**
 * The current thread's cache in hand, for event loops: allocates and frees without looking it up.
 *
 * <p>Not thread-safe: only the thread that asked for it may use it, as with {@code
 * Arena.ofConfined()}, but only assertions ({@code -ea:io.hakmem...}) and the slow half notice
 * misuse; without them two threads in one cache corrupt it. Blocks are those of the allocator: any
 * thread may free them.
 */
public final class ThreadCache {

  private static final int SHIFT = 2;

  private final Heap heap;

  /**
   * The cache's address, moved to the left: moved back it can't be negative, nor near the end of
   * what a long holds, so that the compiler drops the bounds checks behind it. The fast halves move
   * it back themselves: the test of their machine code compiles each method of this class alone.
   */
  private final long shifted;

  ThreadCache(Heap heap, long cache) {
    this.heap = heap;
    this.shifted = cache << SHIFT;
  }

  private long cache() {
    return shifted >>> SHIFT;
  }

  /** See {@link Hakmem#allocate}. */
  public long allocate(long size) {
    assert isMine() : notMine();
    int sizeClass;
    if (Long.compareUnsigned(size, SizeClasses.MAX_TINY_BYTES) <= 0) {
      sizeClass = SizeClasses.ofTiny((int) size);
    } else if (Long.compareUnsigned(size, SizeClasses.MAX_CLASS_BYTES) <= 0) {
      sizeClass = SizeClasses.ofMedium((int) size);
    } else {
      return heap.allocate(size);
    }
    long mine = shifted >>> SHIFT;
    long user = FreePath.pop(mine, sizeClass, size);
    return user != 0 ? user : allocateSlow(mine, sizeClass, size);
  }

  /** See {@link Hakmem#free(long)}. */
  public void free(long address) {
    assert isMine() : notMine();
    long base = (address - HEADER_BYTES) & ADDRESS_MASK;
    int header = address > 0 ? FreePath.header(base) & 0xFF : 0;
    int sizeClass = header - LIVE_MAGIC;
    if (Integer.compareUnsigned(sizeClass, CLASS_MASK) > 0) {
      freeOther(address);
      return;
    }
    long mine = shifted >>> SHIFT;
    if (!FreePath.push(mine, sizeClass, base)) {
      freeSlow(mine, sizeClass, base);
    }
  }

  /** See {@link Hakmem#free(long, long)}. */
  public void free(long address, long size) {
    assert isMine() : notMine();
    assert FreePath.checks() || heap.isSizeOf(address, size) : heap.notSizeOf(address, size);
    int sizeClass;
    if (!FreePath.goesBySize(address)) {
      freeByHeader(address, size);
      return;
    } else if (Long.compareUnsigned(size, SizeClasses.MAX_TINY_BYTES) <= 0) {
      sizeClass = SizeClasses.ofTiny((int) size);
    } else if (Long.compareUnsigned(size, SizeClasses.MAX_CLASS_BYTES) <= 0) {
      sizeClass = SizeClasses.ofMedium((int) size);
    } else {
      freeByHeader(address, size);
      return;
    }
    long base = (address - HEADER_BYTES) & ADDRESS_MASK;
    long mine = shifted >>> SHIFT;
    if (!FreePath.push(mine, sizeClass, base)) {
      freeSlow(mine, sizeClass, base);
    }
  }

  private void freeByHeader(long address, long size) {
    if (FreePath.checkSize(address, size)) {
      free(address);
    }
  }

  private long allocateSlow(long mine, int sizeClass, long size) {
    try {
      return heap.caches().allocateSlow(mine, sizeClass, size);
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  private void freeSlow(long mine, int sizeClass, long base) {
    try {
      heap.caches().freeSlow(mine, sizeClass, base);
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  private void freeOther(long address) {
    try {
      heap.free(address);
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  /** Moves the free blocks that it holds to where every thread can take them. */
  public void flush() {
    try {
      heap.caches().flush(cache());
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  /** After closing nobody owns the cache: the slow half reports that better. */
  private boolean isMine() {
    return ThreadCaches.isMine(cache()) || ThreadCaches.isNobodys(cache());
  }

  private static String notMine() {
    return "the thread cache belongs to another thread than " + Thread.currentThread();
  }
}
