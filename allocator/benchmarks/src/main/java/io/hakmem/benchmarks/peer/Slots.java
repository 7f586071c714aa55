package io.hakmem.benchmarks.peer;

import org.jspecify.annotations.Nullable;

/**
 * A table of blocks: addresses, or objects where a peer's blocks are objects. Only one of the
 * arrays has a length. Not thread-safe; a hand-over between threads needs an order of its own.
 */
public final class Slots {

  private final int length;
  final long[] addresses;
  final @Nullable Object[] objects;

  Slots(int addresses, int objects) {
    this.addresses = new long[addresses];
    this.objects = new @Nullable Object[objects];
    length = addresses + objects;
  }

  public int length() {
    return length;
  }
}
