package io.hakmem.benchmarks.peers;

import io.hakmem.benchmarks.peer.AddressPeer;
import java.util.concurrent.ThreadFactory;
import org.lwjgl.system.rpmalloc.RPmalloc;

/** rpmalloc by LWJGL; every thread has to tell it when it starts and when it ends. */
final class RpmallocPeer extends AddressPeer {

  RpmallocPeer() {
    RPmalloc.rpmalloc_initialize(null);
  }

  @Override
  protected long allocate(long size) {
    return RPmalloc.nrpmalloc(size);
  }

  @Override
  protected void free(long address) {
    RPmalloc.nrpfree(address);
  }

  @Override
  public ThreadFactory threads() {
    return task ->
        new Thread(
            () -> {
              RPmalloc.rpmalloc_thread_initialize();
              try {
                task.run();
              } finally {
                RPmalloc.rpmalloc_thread_finalize();
              }
            });
  }

  /** A virtual thread does not keep the carrier thread that was initialised. */
  @Override
  public boolean servesVirtualThreads() {
    return false;
  }
}
