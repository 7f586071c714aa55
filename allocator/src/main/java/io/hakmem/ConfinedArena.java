package io.hakmem;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/** The arena of one thread: no lock, and no array until its third block. */
final class ConfinedArena extends HakmemArena {

  private static final long[] NONE = {};
  private static final int FIRST_LENGTH = 14;

  private final long ownerId = Thread.currentThread().threadId();
  private boolean closed;

  // The blocks: first and second, and more[0] to more[count - 3]; 0 for none.
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
    if (closed || !isOwner()) {
      throw refused();
    }
    if (moreCount == more.length && second != 0) {
      more = Arrays.copyOf(more, Math.max(FIRST_LENGTH, 2 * moreCount));
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

  private boolean isOwner() {
    return Thread.currentThread().threadId() == ownerId;
  }

  private RuntimeException refused() {
    if (!isOwner()) {
      return new WrongThreadException(
          "the arena is confined to the thread with id %d, this is %s"
              .formatted(ownerId, Thread.currentThread()));
    }
    return new IllegalStateException("Already closed");
  }

  @Override
  public void close() {
    // The only check that is needed: it knows the thread, earlier closes and calls under way.
    lifetime().close();
    closed = true;
    for (int i = 0; i < moreCount; i++) {
      freeBlock(more[i]);
    }
    if (second != 0) {
      freeBlock(second);
    }
    if (first != 0) {
      freeBlock(first);
    }
  }
}
