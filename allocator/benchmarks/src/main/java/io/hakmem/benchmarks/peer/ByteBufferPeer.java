package io.hakmem.benchmarks.peer;

import java.nio.ByteBuffer;

/**
 * Direct buffers of the JDK. There is no free: the garbage collector finds out some time later, so
 * most of the time goes where the profile of a small loop doesn't show it.
 */
final class ByteBufferPeer extends ObjectPeer<ByteBuffer> {

  @Override
  protected ByteBuffer allocate(int size) {
    return ByteBuffer.allocateDirect(size);
  }

  @Override
  protected void write(ByteBuffer block, byte first) {
    block.put(0, first);
  }

  @Override
  protected void free(ByteBuffer block) {
    // Dropping the reference is all that one can do.
  }
}
