package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.ALIGNMENT;
import static io.hakmem.config.BlockLayout.FIRST_USER_OFFSET;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.config.BlockLayout.SEGMENT_HEADER_BYTES;
import static io.hakmem.config.BlockLayout.SLAB_BYTES;

import io.hakmem.config.SizeClasses;
import io.hakmem.memory.RawMemory;

/**
 * A stretch of memory that serves one size class, carved from its start to its end.
 *
 * <p>Not thread-safe: whoever carves holds the lock of the class's central list.
 */
public final class Slab {

  private final int sizeClass;
  private final long end;
  private long nextBase;

  /**
   * @param start of the slab's memory, a multiple of {@link
   *     io.hakmem.config.BlockLayout#SLAB_BYTES}
   * @param first whether the segment's own records take the slab's first bytes
   */
  Slab(int sizeClass, long start, boolean first) {
    this.sizeClass = sizeClass;
    this.end = start + SLAB_BYTES;
    long usable = first ? start + SEGMENT_HEADER_BYTES : start;
    this.nextBase = usable + FIRST_USER_OFFSET - HEADER_BYTES;
    assert (nextBase + HEADER_BYTES) % ALIGNMENT == 0;
  }

  /** Blocks that can still be carved. */
  public int remaining() {
    return (int) ((end - nextBase) / SizeClasses.stride(sizeClass));
  }

  /**
   * Carves {@code count} neighbouring blocks, at most {@link #remaining()}, and links them in the
   * order of their addresses.
   *
   * @return the base of the first; the last one's next pointer is 0
   */
  public long carve(int count) {
    int stride = SizeClasses.stride(sizeClass);
    long head = nextBase;
    byte header = (byte) (LIVE_MAGIC | sizeClass);
    long base = head;
    for (int i = 1; i <= count; i++) {
      long next = base + stride;
      RawMemory.putByte(base, header);
      RawMemory.putLong(base + HEADER_BYTES, i < count ? next : 0);
      base = next;
    }
    nextBase = base;
    return head;
  }
}
