package io.hakmem.benchmarks.peer;

import io.hakmem.Hakmem;

/** The allocator of the process, by its static methods. */
final class HakmemPeer extends AddressPeer {

  @Override
  protected long allocate(long size) {
    return Hakmem.allocate(size);
  }

  @Override
  protected void free(long address) {
    Hakmem.free(address);
  }
}
