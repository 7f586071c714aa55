package io.hakmem.benchmarks.peer;

import io.hakmem.memory.RawMemory;

/** A peer whose blocks are addresses; 0 is none. */
public abstract class AddressPeer extends Peer {

  protected abstract long allocate(long size);

  protected abstract void free(long address);

  @Override
  public final Slots slots(int count) {
    return Slots.ofAddresses(count);
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
  }

  @Override
  public final void free(Slots slots, int slot) {
    long[] addresses = slots.addresses;
    long address = addresses[slot];
    addresses[slot] = 0;
    free(address);
  }

  @Override
  public final void consume(Slots slots, int slot) {
    free(slots.addresses[slot]);
  }
}
