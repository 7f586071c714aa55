package io.hakmem.benchmarks.peers;

import io.netty.buffer.AdaptiveByteBufAllocator;

/** Netty's adaptive allocator, the default since 4.2. */
final class NettyAdaptivePeer extends NettyPeer {

  NettyAdaptivePeer() {
    super(new AdaptiveByteBufAllocator());
  }
}
