package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LARGE_MAGIC;
import static io.hakmem.config.BlockLayout.MAGIC_MASK;

import io.hakmem.event.Events;
import io.hakmem.event.SlowPathFallback;
import io.hakmem.memory.OsMemory;
import io.hakmem.memory.RawMemory;
import java.util.concurrent.atomic.LongAdder;

/**
 * Blocks above the tiny limit: each has a mapping of its own. Thread-safe.
 *
 * <pre>
 *   mapping (page aligned)                          user = mapping + 64
 *     |                                               |
 *     [ …       | mapped bytes: user-16 | … | header: user-1 ][ user bytes … ]
 * </pre>
 */
public final class LargeBlocks {

  private static final long PREFIX_BYTES = 64;
  private static final long MAPPED_BYTES_OFFSET = -16;

  /** Above this no operating system has address space, and rounding could overflow. */
  private static final long MAX_BYTES = 1L << 47;

  private final LongAdder liveBytes = new LongAdder();

  /**
   * @return the user address, zeroed memory
   * @throws OutOfMemoryError when the operating system refuses
   */
  public long allocate(long size) {
    if (size > MAX_BYTES) {
      throw new OutOfMemoryError(
          "%d bytes were requested; no operating system maps more than %d (in large blocks: %d bytes)"
              .formatted(size, MAX_BYTES, liveBytes.sum()));
    }
    SlowPathFallback event = Events.beginSlowPath();
    OsMemory os = OsMemory.platform();
    long page = os.pageBytes();
    long mapped = (size + PREFIX_BYTES + page - 1) & -page;
    long user = os.reserve(mapped, page, "large") + PREFIX_BYTES;
    RawMemory.putLong(user + MAPPED_BYTES_OFFSET, mapped);
    RawMemory.putByte(user - HEADER_BYTES, (byte) LARGE_MAGIC);
    liveBytes.add(mapped);
    Events.endSlowPath(event, "allocate", "notTiny", "os", -1, size, 0);
    return user;
  }

  /** Gives the block's mapping back. */
  public void free(long user) {
    SlowPathFallback event = Events.beginSlowPath();
    long mapped = RawMemory.getLong(user + MAPPED_BYTES_OFFSET);
    liveBytes.add(-mapped);
    OsMemory.platform().release(user - PREFIX_BYTES, mapped, "large");
    Events.endSlowPath(event, "free", "notTiny", "os", -1, -1, 0);
  }

  /** Bytes that a user may write into the block. */
  public static long usableBytes(long user) {
    return RawMemory.getLong(user + MAPPED_BYTES_OFFSET) - PREFIX_BYTES;
  }

  /** Whether a header byte says that the block has a mapping of its own. */
  public static boolean isLarge(int header) {
    return (header & MAGIC_MASK) == LARGE_MAGIC;
  }

  /** Bytes mapped for blocks that users hold. */
  public long liveBytes() {
    return liveBytes.sum();
  }
}
