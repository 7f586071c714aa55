package io.hakmem.benchmarks.peer;

import io.hakmem.Hakmem;
import io.hakmem.ThreadCache;

/** The same by each thread's cache in hand. */
final class HandleSizedPeer extends SizedPeer {

  private final ThreadCache cache = Hakmem.threadCache();

  @Override
  protected long allocate(long size) {
    return cache.allocate(size);
  }

  @Override
  protected void free(long address, long size) {
    cache.free(address, size);
  }

  @Override
  public Peer ofThread() {
    return new HandleSizedPeer();
  }

  @Override
  public boolean servesVirtualThreads() {
    return false;
  }
}
