package io.hakmem.benchmarks.peers;

import io.hakmem.benchmarks.peer.AddressPeer;
import org.lwjgl.system.mimalloc.mimalloc;

/** mimalloc by LWJGL, without the wrapping into buffers. */
final class MimallocPeer extends AddressPeer {

  @Override
  protected long allocate(long size) {
    return mimalloc.nmi_malloc(size);
  }

  @Override
  protected void free(long address) {
    mimalloc.nmi_free(address);
  }
}
