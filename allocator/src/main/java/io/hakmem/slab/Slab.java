package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.ALIGNMENT;
import static io.hakmem.config.BlockLayout.FIRST_USER_OFFSET;
import static io.hakmem.config.BlockLayout.FREE_FLIP;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.config.BlockLayout.SEGMENT_BYTES;
import static io.hakmem.config.BlockLayout.SEGMENT_HEADER_BYTES;
import static io.hakmem.config.BlockLayout.SLAB_BYTES;

import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;

/**
 * A run of slabs that serves one size class: carved from its start to its end, it later collects
 * its free blocks again, and can go back when it has them all.
 *
 * <pre>
 *   carved = blocks in use or cached or in batches + collected
 * </pre>
 *
 * <p>Not thread-safe: the central list of the class guards it.
 */
public final class Slab {

  private final int sizeClass;
  private final long start;
  private final long end;
  private final int owner;
  private final long firstBase;
  private long nextBase;
  private int carved;
  private long collectedHead;
  private int collected;

  /** Where the owner of the list of collecting slabs keeps this one, -1 for nowhere. */
  private int position = -1;

  Slab(int sizeClass, long start, int owner) {
    this.sizeClass = sizeClass;
    this.owner = owner;
    this.start = start;
    this.end = start + (long) SizeClasses.slabs(sizeClass) * SLAB_BYTES;
    boolean first = (start & (SEGMENT_BYTES - 1)) == 0;
    long usable = first ? start + SEGMENT_HEADER_BYTES : start;
    this.firstBase = usable + FIRST_USER_OFFSET - HEADER_BYTES;
    this.nextBase = firstBase;
    assert (nextBase + HEADER_BYTES) % ALIGNMENT == 0;
  }

  /** Blocks that can still be carved. */
  public int remaining() {
    return (int) ((end - nextBase) / SizeClasses.stride(sizeClass));
  }

  /**
   * Carves {@code count} neighbouring blocks, at most {@link #remaining()}, and links them in the
   * order of their addresses. Their headers say that they are free: whoever still frees a block of
   * the slab that was here before is refused.
   *
   * @return the base of the first; the last one's next pointer is 0
   */
  public long carve(int count) {
    int stride = SizeClasses.stride(sizeClass);
    long head = nextBase;
    byte header = (byte) ((LIVE_MAGIC + sizeClass) ^ FREE_FLIP);
    long base = head;
    for (int i = 1; i <= count; i++) {
      long next = base + stride;
      RawMemory.putByte(base, header);
      RawMemory.putLong(base + HEADER_BYTES, i < count ? next : 0);
      base = next;
    }
    RecordedSlabs.carved(head, count, stride);
    nextBase = base;
    carved += count;
    return head;
  }

  /** Takes one of its own free blocks back; returns whether it has them all now. */
  public boolean collect(long base) {
    BlockLinks.link(base, collectedHead);
    collectedHead = base;
    collected++;
    return collected == carved;
  }

  /** Hands out all that was collected: {@link #collected()} linked blocks. */
  public long takeCollected() {
    long head = collectedHead;
    collectedHead = 0;
    collected = 0;
    return head;
  }

  public int collected() {
    return collected;
  }

  public int position() {
    return position;
  }

  public void position(int newPosition) {
    position = newPosition;
  }

  long start() {
    return start;
  }

  int sizeClass() {
    return sizeClass;
  }

  int owner() {
    return owner;
  }

  /** Base of its first block. */
  long firstBase() {
    return firstBase;
  }

  long end() {
    return end;
  }
}
