package io.hakmem;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.locks.ReentrantLock;

/** The arena of all threads: a lock guards the list of its blocks. */
final class SharedArena extends HakmemArena {

  private final ReentrantLock lock = new ReentrantLock();

  /** The block that was allocated last, 0 for none; guarded by the lock. */
  private long head;

  /** Guarded by the lock. */
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
    if (!add(block)) {
      freeBlocks(block);
      throw alreadyClosed();
    }
    // From here on close() frees the block, also if the arena ends before there is a segment.
    return segment(block, byteSize, byteAlignment);
  }

  private boolean add(long block) {
    link(block, 0);
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      link(block, head);
      head = block;
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
    freeBlocks(head);
  }
}
