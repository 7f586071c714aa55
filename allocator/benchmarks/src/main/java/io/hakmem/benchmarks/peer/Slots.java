package io.hakmem.benchmarks.peer;

import org.jspecify.annotations.Nullable;

/**
 * A table of blocks: addresses, with the blocks' sizes where a peer's frees are told them, or
 * objects where a peer's blocks are objects. Not thread-safe; a hand-over between threads needs an
 * order of its own.
 */
public final class Slots {

  private final int length;
  final long[] addresses;
  final int[] sizes;
  final @Nullable Object[] objects;

  private Slots(int addresses, int sizes, int objects) {
    this.addresses = new long[addresses];
    this.sizes = new int[sizes];
    this.objects = new @Nullable Object[objects];
    length = addresses + objects;
  }

  static Slots ofAddresses(int count) {
    return new Slots(count, 0, 0);
  }

  static Slots ofSizedAddresses(int count) {
    return new Slots(count, count, 0);
  }

  static Slots ofObjects(int count) {
    return new Slots(0, 0, count);
  }

  public int length() {
    return length;
  }
}
