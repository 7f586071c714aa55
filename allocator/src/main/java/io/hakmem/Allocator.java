package io.hakmem;

import io.hakmem.config.AllocatorOptions;
import io.hakmem.config.CheckOptions;
import io.hakmem.memory.RawMemory;
import io.hakmem.thread.CheckedBlocks;
import io.hakmem.thread.FreePath;
import io.hakmem.thread.FreePaths;
import io.hakmem.thread.Leaks;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * An allocator of its own: memory, limit and numbers apart from all others. Thread-safe.
 *
 * <p>It offers what {@link Hakmem} does, at the cost of a few more loads, and can be closed, which
 * gives everything back at once. Blocks belong to the allocator that made them: only it may free
 * them. The events of the flight recorder count slow paths of all allocators, but {@code
 * io.hakmem.FastPathStatistics} those of {@link Hakmem#defaultAllocator()} only.
 *
 * <p>After {@link #close} allocating and freeing throw {@link IllegalStateException}. Closing while
 * another thread is inside an operation is as undefined as freeing a block that it uses. An
 * allocator that becomes unreachable without having been closed keeps the blocks that are out,
 * since their addresses may still be in use.
 */
public final class Allocator implements AutoCloseable {

  /** Starts its thread only for programs that make allocators of their own. */
  private static final class CacheCleaner {
    static final Cleaner CLEANER = Cleaner.create();
  }

  private final Heap heap;
  private final boolean closeable;

  /** Takes it out of JMX, if it is there; guarded by this. */
  private @Nullable Runnable unregister;

  /** Makes an empty allocator. */
  public Allocator(AllocatorOptions options) {
    this(Heap.create(options), true);
    FreePaths.start();
    // Threads may look into the caches until nobody knows the heap any more, so closing it leaves
    // their memory mapped.
    CacheCleaner.CLEANER.register(heap, heap.caches().release());
  }

  private Allocator(Heap heap, boolean closeable) {
    this.heap = heap;
    this.closeable = closeable;
  }

  /** Makes an empty allocator with the options of the system properties and the environment. */
  public static Allocator create() {
    return new Allocator(AllocatorOptions.fromSystem());
  }

  /** A view of the heap of the process, which is never closed. */
  static Allocator ofProcess(Heap heap) {
    return new Allocator(heap, false);
  }

  Heap heap() {
    return heap;
  }

  /** See {@link Hakmem#allocate}. */
  public long allocate(long size) {
    try {
      return heap.allocate(size);
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  /** See {@link Hakmem#allocateAligned}. */
  public long allocateAligned(long size, long alignment) {
    try {
      return heap.allocateAligned(size, alignment);
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  /** See {@link Hakmem#allocateZeroed}. */
  public long allocateZeroed(long size) {
    try {
      return heap.allocateZeroed(size);
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  /** See {@link Hakmem#reallocate}. */
  public long reallocate(long address, long size) {
    heap.caches().checkOpen();
    try {
      return heap.reallocate(address, size);
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  /** See {@link Hakmem#free(long)}. */
  public void free(long address) {
    try {
      // The header of a block of a closed allocator is gone, so this has to be seen before.
      if (heap.caches().current() == 0 && heap.caches().isClosed()) {
        heap.refuseClosedSlow(address);
        return;
      }
      heap.free(address);
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  /** See {@link Hakmem#free(long, long)}. */
  public void free(long address, long size) {
    try {
      if (heap.caches().current() == 0 && heap.caches().isClosed()) {
        heap.refuseClosedSlow(address);
        return;
      }
      assert FreePath.checks() || heap.isSizeOf(address, size) : heap.notSizeOf(address, size);
      heap.free(address, size);
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  /** See {@link Hakmem#usableSize}. */
  public long usableSize(long address) {
    heap.caches().checkOpen();
    return heap.usableBytes(address);
  }

  /** See {@link Hakmem#allocateSegment}. */
  public MemorySegment allocateSegment(long size) {
    return RawMemory.segment(allocate(size), size);
  }

  /** See {@link Hakmem#free(MemorySegment)}. */
  public void free(MemorySegment segment) {
    free(Heap.addressOf(segment));
  }

  /** See {@link Hakmem#segmentAllocator}. */
  public SegmentAllocator segmentAllocator() {
    return (size, alignment) -> RawMemory.segment(allocateAligned(size, alignment), size);
  }

  /** See {@link Hakmem#allocateBuffer}. */
  public ByteBuffer allocateBuffer(int capacity) {
    return RawMemory.segment(allocateZeroed(capacity), capacity).asByteBuffer();
  }

  /** See {@link Hakmem#free(ByteBuffer)}. */
  public void free(ByteBuffer buffer) {
    free(Heap.addressOf(buffer));
  }

  /** See {@link Hakmem#threadCache}. */
  public ThreadCache threadCache() {
    try {
      return new ThreadCache(heap, heap.caches().own());
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  /** See {@link Hakmem#trim}. */
  public void trim() {
    heap.caches().checkOpen();
    try {
      heap.trim();
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  /** See {@link Hakmem#flushThreadCache}. */
  public void flushThreadCache() {
    heap.caches().checkOpen();
    try {
      heap.caches().flushCurrent();
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  /** See {@link Hakmem#statistics}. */
  public AllocatorStatistics statistics() {
    heap.caches().checkOpen();
    try {
      return AllocatorStatistics.of(heap);
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  /** See {@link Hakmem#liveBlocks}. */
  public LeakReport liveBlocks() {
    heap.caches().checkOpen();
    return LeakReport.of(heap);
  }

  /** See {@link Hakmem#exemptFromLeaks}. */
  public void exemptFromLeaks(long address) {
    if (FreePath.checks()) {
      CheckedBlocks.exempt(address);
    }
  }

  /** The options that it was made with. */
  public AllocatorOptions options() {
    return heap.options();
  }

  /**
   * Shows the numbers of this allocator in JMX as {@code io.hakmem:type=Allocator,name=…}, until it
   * is closed; see {@link AllocatorMXBean}.
   *
   * @throws IllegalArgumentException if the name is taken
   * @throws IllegalStateException if this allocator is closed, or registered already
   */
  public void registerMBean(String name) {
    if (!register(name)) {
      throw new IllegalStateException("the allocator is registered in JMX already");
    }
  }

  /** Returns false if it is registered already. */
  synchronized boolean register(String name) {
    heap.caches().checkOpen();
    if (unregister != null) {
      return false;
    }
    unregister = Jmx.register(this, name);
    return true;
  }

  private synchronized void unregister() {
    if (unregister != null) {
      unregister.run();
      unregister = null;
    }
  }

  /**
   * Gives all memory back, also that of blocks that were not freed; does nothing the second time.
   *
   * @throws UnsupportedOperationException for {@link Hakmem#defaultAllocator()}
   */
  @Override
  public void close() {
    if (!closeable) {
      throw new UnsupportedOperationException("the allocator of the process can't be closed");
    }
    unregister();
    try {
      if (!heap.caches().isClosed() && Leaks.when() != CheckOptions.Leaks.OFF) {
        LeakReport.of(heap).tell("close()");
      }
      heap.close();
    } finally {
      Reference.reachabilityFence(heap);
    }
  }
}
