package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.PREFIX_BYTES;
import static io.hakmem.config.BlockLayout.SLABS_PER_SEGMENT;
import static io.hakmem.config.BlockLayout.SLAB_BYTES;
import static io.hakmem.config.BlockLayout.SLAB_SHIFT;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Which slabs of a segment are free, and which of those still hold memory.
 *
 * <p>{@code dirty} is a subset of {@code free}: a slab that was never used or was purged since
 * costs nothing. Not thread-safe: {@link Segments} guards it, except for {@link #slabAt}.
 */
final class Segment {

  static final long ALL = -1L;

  final long address;
  final int id;

  /** Id of the allocator whose it is. */
  final int owner;

  private final @Nullable Slab[] slabs = new @Nullable Slab[SLABS_PER_SEGMENT];

  /** Its index among the segments that are there. */
  int position;

  private long free = ALL;
  private long dirty;

  /** Slabs of the span that starts at each place, 0 where none does; read without the lock. */
  private final byte[] spans = new byte[SLABS_PER_SEGMENT];

  Segment(long address, int id, int owner) {
    this.address = address;
    this.id = id;
    this.owner = owner;
  }

  /** Remembers that a span of {@code count} slabs starts at a place, or with 0 that none does. */
  void span(int first, int count) {
    spans[first] = (byte) count;
  }

  /** User address of the span that an address lies in, 0 for none. */
  long spanAt(long spanAddress) {
    int index = indexOf(spanAddress);
    for (int first = index; first >= 0; first--) {
      if (spans[first] != 0) {
        return index < first + spans[first] ? addressOf(first) + PREFIX_BYTES : 0;
      }
    }
    return 0;
  }

  /** Index of the first of {@code count} free slabs in a row, or -1. */
  int find(int count) {
    long starts = free;
    // After the loop bit i is set if bits i to i + count - 1 of free are.
    for (int have = 1; have < count; ) {
      int step = Math.min(have, count - have);
      starts &= starts >>> step;
      have += step;
    }
    return starts == 0 ? -1 : Long.numberOfTrailingZeros(starts);
  }

  /** Takes slabs; returns how many bytes of them had been given back and will be touched anew. */
  long take(int first, int count) {
    long taken = mask(first, count);
    free &= ~taken;
    long clean = taken & ~dirty;
    dirty &= ~taken;
    return (long) Long.bitCount(clean) * SLAB_BYTES;
  }

  void giveBack(int first, int count) {
    long given = mask(first, count);
    free |= given;
    dirty |= given;
  }

  /** Takes the dirty slabs, to be emptied. */
  long takeDirty() {
    long taken = dirty;
    dirty = 0;
    free &= ~taken;
    return taken;
  }

  /** Gives back what {@link #takeDirty} took. */
  void giveBackClean(long slabs) {
    free |= slabs;
  }

  boolean full() {
    return free == 0;
  }

  boolean unused() {
    return free == ALL;
  }

  long dirtyBytes() {
    return (long) Long.bitCount(dirty) * SLAB_BYTES;
  }

  /** Bytes of this segment that count as committed. */
  long usedOrDirtyBytes() {
    return (long) Long.bitCount(~free | dirty) * SLAB_BYTES;
  }

  int indexOf(long slabAddress) {
    return (int) ((slabAddress - address) >>> SLAB_SHIFT);
  }

  long addressOf(int index) {
    return address + ((long) index << SLAB_SHIFT);
  }

  private static long mask(int first, int count) {
    return (count == SLABS_PER_SEGMENT ? ALL : (1L << count) - 1) << first;
  }

  /** Remembers which slab the {@code count} places from {@code first} on belong to. */
  void assign(int first, int count, @Nullable Slab slab) {
    for (int i = first; i < first + count; i++) {
      slabs[i] = slab;
    }
  }

  void forEachSlab(Consumer<Slab> action) {
    Slab last = null;
    for (Slab slab : slabs) {
      if (slab != null && slab != last) {
        action.accept(slab);
      }
      last = slab;
    }
  }

  @Nullable Slab slabOrNull(long blockAddress) {
    return slabs[indexOf(blockAddress)];
  }

  /** The slab of a block that is not in use; its own central list keeps it from going away. */
  Slab slabAt(long blockAddress) {
    Slab slab = slabs[indexOf(blockAddress)];
    if (slab == null) {
      throw new IllegalStateException("no slab at 0x" + Long.toHexString(blockAddress));
    }
    return slab;
  }
}
