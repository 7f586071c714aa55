package io.hakmem.analysis.recording;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The constants of one type of one chunk: for each key where its value stands, and what its user
 * made of it. Open addressing, since a chunk may have millions. Not thread-safe.
 */
public final class ConstantPool {

  private static final int FIRST_CAPACITY = 16;

  private final TypeLayout type;
  private final Constants owner;
  private long[] keys = new long[FIRST_CAPACITY];
  private int[] blocks = new int[FIRST_CAPACITY];
  private int[] positions = new int[FIRST_CAPACITY];
  private int size;
  private int[] numbers = {};
  private @Nullable Object[] values = {};

  ConstantPool(TypeLayout type, Constants owner) {
    this.type = type;
    this.owner = owner;
  }

  public TypeLayout type() {
    return type;
  }

  public Constants owner() {
    return owner;
  }

  /** Values stand at {@code position} of a block; blocks count from 1, 0 is a free slot. */
  void put(long key, int block, int position) {
    if (size * 2 >= keys.length) {
      grow();
    }
    int slot = slot(key);
    if (blocks[slot] == 0) {
      size++;
    }
    keys[slot] = key;
    blocks[slot] = block;
    positions[slot] = position;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldBlocks = blocks;
    int[] oldPositions = positions;
    keys = new long[oldKeys.length * 2];
    blocks = new int[keys.length];
    positions = new int[keys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldBlocks[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        blocks[slot] = oldBlocks[i];
        positions[slot] = oldPositions[i];
      }
    }
  }

  /** The key's slot, or the free one where it would go. */
  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) ((key * 0x9E3779B97F4A7C15L) >>> 32) & mask;
    while (blocks[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  /** The slot of a key; -1 where the chunk lacks the constant. */
  public int find(long key) {
    int slot = slot(key);
    return blocks[slot] == 0 ? -1 : slot;
  }

  /** A cursor at the value of a slot. */
  public ByteCursor at(int slot) {
    return owner.at(blocks[slot], positions[slot]);
  }

  /** What {@link #setNumber} left for the slot; -1 for nothing yet. */
  public int number(int slot) {
    return numbers.length == 0 ? -1 : numbers[slot];
  }

  public void setNumber(int slot, int number) {
    if (numbers.length == 0) {
      numbers = new int[keys.length];
      Arrays.fill(numbers, -1);
    }
    numbers[slot] = number;
  }

  /** What {@link #setValue} left for the slot; null for nothing yet. */
  public @Nullable Object value(int slot) {
    return values.length == 0 ? null : values[slot];
  }

  public void setValue(int slot, Object value) {
    if (values.length == 0) {
      values = new @Nullable Object[keys.length];
    }
    values[slot] = value;
  }
}
