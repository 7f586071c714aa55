package io.hakmem;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;

/** The arena of all threads: a lock guards the list of its blocks. */
final class SharedArena extends HakmemArena {

  private static final int FIRST_LENGTH = 4;

  private final ReentrantLock lock = new ReentrantLock();

  // The lock guards these: blocks[0] to blocks[count - 1].
  private long[] blocks = new long[FIRST_LENGTH];
  private int count;
  private boolean closed;

  SharedArena(Heap heap) {
    super(heap, Arena.ofShared());
  }

  @Override
  public MemorySegment allocate(long byteSize, long byteAlignment) {
    check(byteSize, byteAlignment);
    if (!scope().isAlive()) {
      throw alreadyClosed();
    }
    long block = allocateBlock(byteSize, byteAlignment);
    boolean added = false;
    try {
      added = add(block);
    } finally {
      if (!added) {
        freeBlock(block);
      }
    }
    if (!added) {
      throw alreadyClosed();
    }
    // From here on close() frees the block, also if the arena ends before there is a segment.
    return segment(block, byteSize);
  }

  private boolean add(long block) {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      if (count == blocks.length) {
        blocks = Arrays.copyOf(blocks, 2 * count);
      }
      blocks[count++] = block;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private static IllegalStateException alreadyClosed() {
    return new IllegalStateException("Already closed");
  }

  /** Once the lifetime is over no thread is in the memory, and none gets in. */
  @Override
  public void close() {
    lifetime().close();
    lock.lock();
    try {
      closed = true;
    } finally {
      lock.unlock();
    }
    for (int i = 0; i < count; i++) {
      freeBlock(blocks[i]);
    }
  }
}
