package io.hakmem.benchmarks.peers;

import io.netty.buffer.PooledByteBufAllocator;

/** Netty's pool, the default until 4.1. */
final class NettyPooledPeer extends NettyPeer {

  NettyPooledPeer() {
    super(PooledByteBufAllocator.DEFAULT);
  }
}
