package io.hakmem.benchmarks.peers;

import io.hakmem.benchmarks.peer.ObjectPeer;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;

/** Buffers of Arrow's root allocator over its unsafe memory manager. */
final class ArrowPeer extends ObjectPeer<ArrowBuf> {

  private final BufferAllocator allocator = new RootAllocator();

  @Override
  protected ArrowBuf allocate(int size) {
    return allocator.buffer(size);
  }

  @Override
  protected void write(ArrowBuf block, byte first) {
    block.setByte(0, first);
  }

  @Override
  protected void free(ArrowBuf block) {
    block.close();
  }
}
