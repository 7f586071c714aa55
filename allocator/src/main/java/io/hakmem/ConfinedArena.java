package io.hakmem;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * The arena of one thread, without locks.
 *
 * <p>Where it is opened, used and closed in one compiled method, neither it nor its segments exist
 * as objects. That takes methods whose compiled code is small enough to be inlined (2500 bytes),
 * and rare cases in static methods that don't get the arena itself.
 */
final class ConfinedArena extends HakmemArena {

  private final long ownerId = Thread.currentThread().threadId();
  private boolean closed;

  /** The block that was allocated last; 0 for none. */
  private long head;

  ConfinedArena(Heap heap) {
    super(heap, Arena.ofConfined());
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    check(byteSize, byteAlignment);
    if (closed || Thread.currentThread().threadId() != ownerId) {
      throw refused(ownerId);
    }
    long block = allocateBlock(byteSize, byteAlignment);
    link(block, head);
    head = block;
    return segment(block, byteSize, byteAlignment);
  }

  private static RuntimeException refused(long ownerId) {
    Thread thread = Thread.currentThread();
    if (thread.threadId() != ownerId) {
      return new WrongThreadException(
          "the arena is confined to the thread with id %d, this is %s".formatted(ownerId, thread));
    }
    return new IllegalStateException("Already closed");
  }

  @Override
  public void close() {
    // The only check that is needed: it knows the thread, earlier closes and calls under way.
    lifetime().close();
    closed = true;
    freeBlocks(head);
  }
}
