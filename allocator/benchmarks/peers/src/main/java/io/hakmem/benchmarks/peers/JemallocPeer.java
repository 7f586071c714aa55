package io.hakmem.benchmarks.peers;

import io.hakmem.benchmarks.peer.AddressPeer;
import org.lwjgl.system.jemalloc.JEmalloc;

/** jemalloc by LWJGL, without the wrapping into buffers. */
final class JemallocPeer extends AddressPeer {

  @Override
  protected long allocate(long size) {
    return JEmalloc.nje_malloc(size);
  }

  @Override
  protected void free(long address) {
    JEmalloc.nje_free(address);
  }
}
