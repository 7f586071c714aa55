package io.hakmem.benchmarks.peer;

import io.hakmem.Hakmem;
import io.hakmem.ThreadCache;

/** The allocator of the process, by each thread's cache in hand. */
final class HandlePeer extends AddressPeer {

  private final ThreadCache cache = Hakmem.threadCache();

  @Override
  protected long allocate(long size) {
    return cache.allocate(size);
  }

  @Override
  protected void free(long address) {
    cache.free(address);
  }

  @Override
  public Peer ofThread() {
    return new HandlePeer();
  }

  @Override
  public boolean servesVirtualThreads() {
    return false;
  }
}
