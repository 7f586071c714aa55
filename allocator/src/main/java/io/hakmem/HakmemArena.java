package io.hakmem;

import io.hakmem.config.BlockLayout;
import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;

/**
 * An arena of the JDK's contract whose memory comes from this allocator: zeroed segments of exact
 * bounds, accessible until {@link #close}, which frees all of them.
 *
 * <p>Code written for {@code Arena.ofConfined()} or {@code Arena.ofShared()} changes one word. An
 * inner arena of the JDK, which owns no memory, is the lifetime of the segments; so everything that
 * the JDK checks about them holds here too, with the same exceptions.
 */
public abstract sealed class HakmemArena implements Arena permits ConfinedArena, SharedArena {

  /** Above this no operating system has address space. */
  private static final long MAX_BYTES = 1L << 47;

  private final Heap heap;
  private final Arena lifetime;

  HakmemArena(Heap heap, Arena lifetime) {
    this.heap = heap;
    this.lifetime = lifetime;
  }

  /** An arena that only the current thread can use and close. */
  public static HakmemArena ofConfined() {
    return new ConfinedArena(Hakmem.heap());
  }

  /** As {@link #ofConfined()}, with memory of an allocator that stays open longer. */
  public static HakmemArena ofConfined(Allocator allocator) {
    return new ConfinedArena(allocator.heap());
  }

  /** An arena that every thread can use and close. */
  public static HakmemArena ofShared() {
    return new SharedArena(Hakmem.heap());
  }

  /** As {@link #ofShared()}, with memory of an allocator that stays open longer. */
  public static HakmemArena ofShared(Allocator allocator) {
    return new SharedArena(allocator.heap());
  }

  // The first two do what the interface does. There they are shared with all other arenas, and the
  // compiler would make one large method of each that it inlines nowhere.

  @Override
  public final MemorySegment allocate(long byteSize) {
    return allocate(byteSize, 1);
  }

  @Override
  public final MemorySegment allocate(MemoryLayout layout) {
    return allocate(layout.byteSize(), layout.byteAlignment());
  }

  @Override
  public final MemorySegment.Scope scope() {
    return lifetime.scope();
  }

  final Arena lifetime() {
    return lifetime;
  }

  final Heap heap() {
    return heap;
  }

  /** A zeroed block for arguments that were checked. */
  final long allocateBlock(long byteSize, long byteAlignment) {
    try {
      if (byteSize > SizeClasses.MAX_TINY_BYTES || byteAlignment > BlockLayout.ALIGNMENT) {
        return allocateOther(heap, byteSize, byteAlignment);
      }
      long block = heap.allocate(byteSize) & BlockLayout.ADDRESS_MASK;
      RawMemory.zeroFew(block, (int) byteSize);
      return block;
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  private static long allocateOther(Heap heap, long byteSize, long byteAlignment) {
    if (byteSize > MAX_BYTES || byteAlignment > MAX_BYTES) {
      throw new OutOfMemoryError(
          "%d bytes aligned to %d were requested, and no operating system maps more than %d"
              .formatted(byteSize, byteAlignment, MAX_BYTES));
    }
    return heap.allocateZeroed(byteSize, byteAlignment);
  }

  final void freeBlock(long block) {
    try {
      heap.free(block);
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  @SuppressWarnings("restricted") // the block is ours, and exactly so long
  final MemorySegment segment(long block, long byteSize) {
    return MemorySegment.ofAddress(block).reinterpret(byteSize, lifetime, null);
  }

  static void check(long byteSize, long byteAlignment) {
    if (byteSize < 0 || byteAlignment <= 0 || (byteAlignment & (byteAlignment - 1)) != 0) {
      throw invalid(byteSize, byteAlignment);
    }
  }

  private static IllegalArgumentException invalid(long byteSize, long byteAlignment) {
    return new IllegalArgumentException(
        byteSize < 0
            ? "Invalid allocation size : " + byteSize
            : "Invalid alignment constraint : " + byteAlignment);
  }
}
