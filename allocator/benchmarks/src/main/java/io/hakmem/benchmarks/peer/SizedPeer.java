package io.hakmem.benchmarks.peer;

import io.hakmem.memory.RawMemory;

/**
 * A peer whose blocks are addresses and whose frees are told the size, as by a program that knows
 * what it allocated. The table keeps the sizes, as that of the counterpart in C does.
 */
abstract class SizedPeer extends Peer {

  protected abstract long allocate(long size);

  protected abstract void free(long address, long size);

  @Override
  public final Slots slots(int count) {
    return Slots.ofSizedAddresses(count);
  }

  @Override
  public final boolean isFilled(Slots slots, int slot) {
    return slots.addresses[slot] != 0;
  }

  @Override
  public final void allocate(Slots slots, int slot, int size, byte first) {
    long address = allocate(size);
    RawMemory.putByte(address, first);
    slots.addresses[slot] = address;
    slots.sizes[slot] = size;
  }

  @Override
  public final void free(Slots slots, int slot) {
    long[] addresses = slots.addresses;
    long address = addresses[slot];
    addresses[slot] = 0;
    free(address, slots.sizes[slot]);
  }

  @Override
  public final void consume(Slots slots, int slot) {
    free(slots.addresses[slot], slots.sizes[slot]);
  }
}
