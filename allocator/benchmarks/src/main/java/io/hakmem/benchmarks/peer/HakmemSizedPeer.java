package io.hakmem.benchmarks.peer;

import io.hakmem.Hakmem;

/** The allocator of the process, by its static methods, with frees that name the size. */
final class HakmemSizedPeer extends SizedPeer {

  @Override
  protected long allocate(long size) {
    return Hakmem.allocate(size);
  }

  @Override
  protected void free(long address, long size) {
    Hakmem.free(address, size);
  }
}
