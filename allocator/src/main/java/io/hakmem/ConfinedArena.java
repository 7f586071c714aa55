package io.hakmem;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.ref.Reference;
import java.util.Arrays;

/**
 * The arena of one thread: no lock, and no array until its third block.
 *
 * <p>Where it is opened and closed in one compiled method, neither it nor its segments exist as
 * objects. That takes methods small enough to be inlined, and rare cases in static methods that
 * don't get the arena itself.
 */
final class ConfinedArena extends HakmemArena {

  private static final long[] NONE = {};
  private static final int FIRST_LENGTH = 14;

  private final long ownerId = Thread.currentThread().threadId();
  private boolean closed;

  // The blocks: first and second, and more[0] to more[moreCount - 1]; 0 for none.
  private long first;
  private long second;
  private long[] more = NONE;
  private int moreCount;

  ConfinedArena(Heap heap) {
    super(heap, Arena.ofConfined());
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    check(byteSize, byteAlignment);
    if (closed || Thread.currentThread().threadId() != ownerId) {
      throw refused(ownerId);
    }
    if (second != 0 && moreCount == more.length) {
      more = longer(more);
    }
    long block = allocateBlock(byteSize, byteAlignment);
    if (first == 0) {
      first = block;
    } else if (second == 0) {
      second = block;
    } else {
      more[moreCount++] = block;
    }
    return segment(block, byteSize);
  }

  private static RuntimeException refused(long ownerId) {
    Thread thread = Thread.currentThread();
    if (thread.threadId() != ownerId) {
      return new WrongThreadException(
          "the arena is confined to the thread with id %d, this is %s".formatted(ownerId, thread));
    }
    return new IllegalStateException("Already closed");
  }

  private static long[] longer(long[] blocks) {
    return Arrays.copyOf(blocks, Math.max(FIRST_LENGTH, 2 * blocks.length));
  }

  @Override
  public void close() {
    // The only check that is needed: it knows the thread, earlier closes and calls under way.
    lifetime().close();
    closed = true;
    if (first != 0) {
      freeBlock(first);
    }
    if (second != 0) {
      freeBlocks(heap(), second, more, moreCount);
    }
  }

  private static void freeBlocks(Heap heap, long second, long[] more, int moreCount) {
    try {
      heap.free(second);
      for (int i = 0; i < moreCount; i++) {
        heap.free(more[i]);
      }
    } finally {
      Reference.reachabilityFence(heap);
    }
  }
}
