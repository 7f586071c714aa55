package io.hakmem.benchmarks.peer;

import org.jspecify.annotations.Nullable;

/** A peer whose blocks are objects. */
public abstract class ObjectPeer<T> extends Peer {

  protected abstract T allocate(int size);

  protected abstract void write(T block, byte first);

  protected abstract void free(T block);

  @Override
  public final Slots slots(int count) {
    return Slots.ofObjects(count);
  }

  @Override
  public final boolean isFilled(Slots slots, int slot) {
    return slots.objects[slot] != null;
  }

  @Override
  public final void allocate(Slots slots, int slot, int size, byte first) {
    T block = allocate(size);
    write(block, first);
    slots.objects[slot] = block;
  }

  @Override
  public final void free(Slots slots, int slot) {
    T block = block(slots, slot);
    slots.objects[slot] = null;
    if (block != null) {
      free(block);
    }
  }

  @Override
  public final void consume(Slots slots, int slot) {
    T block = block(slots, slot);
    if (block != null) {
      free(block);
    }
  }

  @SuppressWarnings("unchecked") // only allocate puts anything into the table
  private @Nullable T block(Slots slots, int slot) {
    return (T) slots.objects[slot];
  }
}
