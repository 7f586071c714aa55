package io.hakmem;

import io.hakmem.config.BlockLayout;
import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;
import io.hakmem.thread.FreePath;
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
 *
 * <p>The arena's blocks form a list, each with the address of the one before it in front of its
 * segment:
 *
 * <pre>
 *   block                 segment = (block + room) & -room,  room = max(16, alignment)
 *     |                     |
 *     [ next: long | … ][ byteSize bytes ]
 * </pre>
 */
public abstract sealed class HakmemArena implements Arena permits ConfinedArena, SharedArena {

  /** Above this no operating system has address space. */
  private static final long MAX_BYTES = 1L << 47;

  /** Up to here a segment and the room in front of it are a tiny block. */
  private static final int MAX_FEW_BYTES = SizeClasses.MAX_TINY_BYTES - BlockLayout.ALIGNMENT;

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

  /** A block whose segment is zeroed, for arguments that were checked. */
  final long allocateBlock(long byteSize, long byteAlignment) {
    try {
      long room = room(byteAlignment);
      if (byteSize > MAX_FEW_BYTES || room > BlockLayout.ALIGNMENT) {
        return allocateOther(heap, byteSize, room);
      }
      long block = heap.allocate(byteSize + BlockLayout.ALIGNMENT) & BlockLayout.ADDRESS_MASK;
      RawMemory.zeroFew(block + BlockLayout.ALIGNMENT, (int) byteSize);
      FreePath.resized(block, block, byteSize + BlockLayout.ALIGNMENT);
      return block;
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  private static long allocateOther(Heap heap, long byteSize, long room) {
    if (byteSize > MAX_BYTES || room > MAX_BYTES) {
      throw new OutOfMemoryError(
          "%d bytes aligned to %d were requested, and no operating system maps more than %d"
              .formatted(byteSize, room, MAX_BYTES));
    }
    long block = heap.allocate(byteSize + room);
    if (!Heap.isMapped(block)) {
      RawMemory.fill(address(block, room), byteSize, (byte) 0);
    }
    return block;
  }

  private static long room(long byteAlignment) {
    return Math.max(BlockLayout.ALIGNMENT, byteAlignment);
  }

  private static long address(long block, long room) {
    return (block + room) & -room;
  }

  static void link(long block, long next) {
    RawMemory.putLong(block, next);
  }

  final void freeBlocks(long head) {
    try {
      long block = head;
      while (block != 0) {
        long next = RawMemory.getLong(block);
        heap.free(block);
        block = next;
      }
    } finally {
      Reference.reachabilityFence(heap);
    }
  }

  final MemorySegment segment(long block, long byteSize, long byteAlignment) {
    return RawMemory.segment(address(block, room(byteAlignment)), byteSize, lifetime);
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
