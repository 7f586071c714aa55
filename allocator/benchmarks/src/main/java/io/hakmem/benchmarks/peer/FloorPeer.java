package io.hakmem.benchmarks.peer;

import io.hakmem.Hakmem;

/** No allocator at all: every block is the same one. What the loops cost by themselves. */
final class FloorPeer extends AddressPeer {

  /** As large as the largest block of any workload, which only write a first byte. */
  private static final int BYTES = 4096;

  private static final long BLOCK = Hakmem.allocate(BYTES);

  @Override
  protected long allocate(long size) {
    return BLOCK;
  }

  @Override
  protected void free(long address) {
    // That is the point.
  }
}
