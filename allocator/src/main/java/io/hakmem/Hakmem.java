package io.hakmem;

import io.hakmem.config.AllocatorOptions;
import io.hakmem.memory.RawMemory;
import io.hakmem.thread.ClassCounters;
import io.hakmem.thread.FreePath;
import io.hakmem.thread.FreePaths;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.nio.ByteBuffer;

/**
 * The allocator of the process. Thread-safe: any thread may free what any other allocated.
 *
 * <p>Addresses are multiples of 16, sizes are bytes, contents are whatever was there before. With
 * the direct push path misuse is undefined, as in C. Options come from system properties and the
 * environment, see {@link AllocatorOptions}.
 */
public final class Hakmem {

  private static final Heap HEAP = Heap.ofProcess(AllocatorOptions.fromSystem());
  private static final Allocator DEFAULT = Allocator.ofProcess(HEAP);

  static {
    FreePaths.start();
    if (HEAP.options().jmx()) {
      // Loading JMX takes longer than all else here, so nobody waits for it.
      Thread.ofPlatform().daemon().name("hakmem-jmx").start(Hakmem::registerAtStart);
    }
  }

  private Hakmem() {}

  static Heap heap() {
    return HEAP;
  }

  /** The allocator of the process as an object; closing it is refused. */
  public static Allocator defaultAllocator() {
    return DEFAULT;
  }

  /**
   * Allocates a block.
   *
   * @param size in bytes; 0 gives a block too
   * @return the address of its first byte, a multiple of 16
   * @throws IllegalArgumentException if {@code size} is negative
   * @throws OutOfMemoryError beyond the limit, or if the operating system refuses the memory
   */
  public static long allocate(long size) {
    return HEAP.allocate(size);
  }

  /**
   * Frees a block. Freeing address 0 does nothing.
   *
   * @param address what {@link #allocate} or its relatives returned
   * @throws InvalidFreeException if the push path checks and finds misuse
   */
  public static void free(long address) {
    HEAP.free(address);
  }

  /**
   * Frees a block whose size the caller knows, as C's {@code free_sized}; also one that came
   * aligned or zeroed. The direct path believes the size and reads nothing of a block of up to 97
   * KiB, which is faster where another thread has just written it; with a wrong size the list of
   * another class gets the block, which is undefined. Assertions ({@code -ea:io.hakmem...}) and the
   * checked path hold the size against the block.
   *
   * @param size what was asked for, at allocation or at the last {@link #reallocate}
   */
  public static void free(long address, long size) {
    assert FreePath.checks() || HEAP.isSizeOf(address, size) : HEAP.notSizeOf(address, size);
    HEAP.free(address, size);
  }

  /** As {@link #allocate}, at a multiple of {@code alignment}, which must be a power of two. */
  public static long allocateAligned(long size, long alignment) {
    return HEAP.allocateAligned(size, alignment);
  }

  /** As {@link #allocate}, filled with zeros. */
  public static long allocateZeroed(long size) {
    return HEAP.allocateZeroed(size);
  }

  /**
   * Changes a block's size, moving it if it has to; the contents up to the smaller size stay.
   *
   * @param address of the block; 0 allocates a new one
   * @return the address from now on; the block's alignment beyond 16 is lost if it moves
   */
  public static long reallocate(long address, long size) {
    return HEAP.reallocate(address, size);
  }

  /** Bytes that may be written from the address of a block on: what was asked for, or more. */
  public static long usableSize(long address) {
    return HEAP.usableBytes(address);
  }

  /**
   * Allocates a block as a segment of exactly {@code size} bytes and unbounded lifetime, which
   * every thread may use.
   *
   * @throws IllegalArgumentException if {@code size} is negative
   * @throws OutOfMemoryError beyond the limit, or if the operating system refuses the memory
   */
  public static MemorySegment allocateSegment(long size) {
    return RawMemory.segment(allocate(size), size);
  }

  /**
   * Frees a block through the segment that {@link #allocateSegment} returned, or any at its start.
   */
  public static void free(MemorySegment segment) {
    free(Heap.addressOf(segment));
  }

  /**
   * Allocates segments of unbounded lifetime, contents whatever was there before, for code that
   * takes a {@link SegmentAllocator}; each has to be given to {@link #free(MemorySegment)}.
   */
  public static SegmentAllocator segmentAllocator() {
    return DEFAULT.segmentAllocator();
  }

  /**
   * Allocates a direct buffer, zeroed and big-endian as {@link ByteBuffer#allocateDirect}'s are;
   * the garbage collector does not free it.
   *
   * @throws IllegalArgumentException if {@code capacity} is negative
   * @throws OutOfMemoryError beyond the limit, or if the operating system refuses the memory
   */
  public static ByteBuffer allocateBuffer(int capacity) {
    return DEFAULT.allocateBuffer(capacity);
  }

  /**
   * Frees what {@link #allocateBuffer} returned, or a duplicate or view that starts at its first
   * byte; position and limit don't matter. All of them are dangling from now on.
   *
   * @throws IllegalArgumentException for a buffer that is not direct
   */
  public static void free(ByteBuffer buffer) {
    free(Heap.addressOf(buffer));
  }

  /**
   * The current thread's cache in hand, which saves looking it up; for event loops.
   *
   * @throws IllegalStateException in a virtual thread, which has none
   */
  public static ThreadCache threadCache() {
    return DEFAULT.threadCache();
  }

  /** The numbers of this moment, exact if no thread allocates or frees meanwhile. */
  public static AllocatorStatistics statistics() {
    return DEFAULT.statistics();
  }

  /** The options that the process was started with. */
  public static AllocatorOptions options() {
    return HEAP.options();
  }

  /**
   * Shows the numbers in JMX as {@code io.hakmem:type=Allocator,name=default}; does nothing the
   * second time. The option {@code hakmem.jmx} does it at the start; not everybody wants to load
   * JMX, which takes longer than all else here.
   *
   * @throws IllegalArgumentException if the name is taken
   */
  public static void registerMBean() {
    DEFAULT.register("default");
  }

  private static void registerAtStart() {
    try {
      registerMBean();
    } catch (RuntimeException e) {
      System.getLogger("io.hakmem").log(System.Logger.Level.WARNING, "not visible in JMX", e);
    }
  }

  /** Gives back to the operating system all that is free and not cached by a living thread. */
  public static void trim() {
    HEAP.trim();
  }

  /** Moves the free blocks that the current thread caches to where every thread can take them. */
  public static void flushThreadCache() {
    HEAP.caches().flushCurrent();
  }

  /**
   * What is live, by allocation stack. Only the checked path knows; without it the report is empty.
   */
  public static LeakReport liveBlocks() {
    return DEFAULT.liveBlocks();
  }

  /**
   * Says that a block is meant to live as long as the process, so that it is never listed as a
   * leak. Does nothing unless the checked path is live.
   */
  public static void exemptFromLeaks(long address) {
    DEFAULT.exemptFromLeaks(address);
  }

  /** Exact counters of one size class over all threads, at least at a quiet point. */
  public static ClassCounters counters(int sizeClass) {
    return HEAP.caches().counters(sizeClass);
  }

  /** The push path that is live, as a probe observed it. */
  public static FreePaths.Installed freePath() {
    return FreePaths.live();
  }
}
