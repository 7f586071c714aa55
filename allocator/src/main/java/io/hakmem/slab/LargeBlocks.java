package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.MAPPED_HEADER;
import static io.hakmem.config.BlockLayout.MAX_SPAN_BYTES;
import static io.hakmem.config.BlockLayout.PREFIX_BYTES;
import static io.hakmem.config.BlockLayout.SLAB_BYTES;
import static io.hakmem.config.BlockLayout.SPAN_HEADER;

import io.hakmem.event.Events;
import io.hakmem.event.SlowPathFallback;
import io.hakmem.memory.OsMemory;
import io.hakmem.memory.RawMemory;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Blocks above the size classes: spans of slabs up to 1 MiB, mappings of their own above and where
 * a span would waste more than a quarter. Thread-safe.
 *
 * <pre>
 *   slab or page aligned                            user = start + 128
 *     |                                               |
 *     [ … | whole bytes: user-16 (long) | … | header: user-1 ][ user bytes … ]
 * </pre>
 */
public final class LargeBlocks {

  private static final long WHOLE_BYTES = -16;

  /** Above this no operating system has address space, and rounding could overflow. */
  private static final long MAX_BYTES = 1L << 47;

  private final Segments segments;
  private final Footprint footprint;
  private final AtomicLong liveBytes = new AtomicLong();
  private final AtomicLong liveBlocks = new AtomicLong();

  /** Mappings by address, so that closing an allocator can give back what users did not. */
  private final Map<Long, Long> mappings = new ConcurrentHashMap<>();

  public LargeBlocks(Segments segments, Footprint footprint) {
    this.segments = segments;
    this.footprint = footprint;
  }

  /**
   * Allocates a block; a mapped one is zeroed.
   *
   * @throws OutOfMemoryError beyond the limit, or when the operating system refuses
   */
  public long allocate(long size) {
    SlowPathFallback event = Events.beginSlowPath();
    boolean span = fitsSpan(size);
    long whole = wholeBytes(size, span);
    long start = span ? segments.newSpan((int) (whole / SLAB_BYTES), size) : map(whole, size);
    long user = start + PREFIX_BYTES;
    firstTouch(user, whole, span ? SPAN_HEADER : MAPPED_HEADER);
    liveBytes.addAndGet(whole);
    liveBlocks.incrementAndGet();
    Events.endSlowPath(event, "allocate", "notTiny", span ? "segment" : "os", -1, size, 0);
    return user;
  }

  /** Where memory is fresh, the operating system makes its first page here. */
  private static void firstTouch(long user, long whole, int header) {
    RawMemory.putLong(user + WHOLE_BYTES, whole);
    RawMemory.putByte(user - HEADER_BYTES, (byte) header);
  }

  /** Whether a span serves the size with at most a quarter of it wasted; pages waste less. */
  private static boolean fitsSpan(long size) {
    if (size > MAX_SPAN_BYTES - PREFIX_BYTES) {
      return false;
    }
    long whole = (size + PREFIX_BYTES + SLAB_BYTES - 1) & -SLAB_BYTES;
    return whole - size <= whole / 4;
  }

  private long wholeBytes(long size, boolean span) {
    if (size > MAX_BYTES) {
      throw new OutOfMemoryError(
          "%d bytes were requested, %d are in use, and no operating system maps more than %d"
              .formatted(size, footprint.reservedBytes(), MAX_BYTES));
    }
    long unit = span ? SLAB_BYTES : OsMemory.platform().pageBytes();
    return (size + PREFIX_BYTES + unit - 1) & -unit;
  }

  private long map(long whole, long size) {
    long start = footprint.reserve(whole, OsMemory.platform().pageBytes(), "large", size);
    footprint.committed(whole);
    mappings.put(start, whole);
    SlabRegistry.addMapping(start, whole, segments.owner());
    try {
      footprint.checkOpen();
    } catch (IllegalStateException e) {
      if (mappings.remove(start) != null) {
        SlabRegistry.removeMapping(start);
        footprint.release(start, whole, whole, "large");
      }
      throw e;
    }
    return start;
  }

  /** Gives a span back to its segment, a mapping to the operating system. */
  public void free(long user, int header) {
    freed(user);
    giveBack(user, header);
  }

  /** Books a free, for who gives the memory back later. */
  public void freed(long user) {
    liveBytes.addAndGet(-RawMemory.getLong(user + WHOLE_BYTES));
    liveBlocks.decrementAndGet();
  }

  /** Gives the memory of a block back that was booked as freed. */
  public void giveBack(long user, int header) {
    long whole = RawMemory.getLong(user + WHOLE_BYTES);
    boolean span = header == SPAN_HEADER;
    long start = user - PREFIX_BYTES;
    if (span) {
      segments.releaseSpan(start, (int) (whole / SLAB_BYTES));
    } else {
      mappings.remove(start);
      SlabRegistry.removeMapping(start);
      footprint.release(start, whole, whole, "large");
    }
  }

  /**
   * Gives every mapping back that is still there; spans go with their segments. The footprint must
   * be closed before.
   */
  public void releaseAll() {
    for (Long start : List.copyOf(mappings.keySet())) {
      Long whole = mappings.remove(start);
      if (whole != null) {
        SlabRegistry.removeMapping(start);
        footprint.release(start, whole, whole, "large");
      }
    }
    liveBytes.set(0);
    liveBlocks.set(0);
  }

  /** Bytes that a user may write into a block. */
  public static long usableBytes(long user) {
    return RawMemory.getLong(user + WHOLE_BYTES) - PREFIX_BYTES;
  }

  /** Bytes of spans and mappings that users hold, rounding included. */
  public long liveBytes() {
    return liveBytes.get();
  }

  public long liveBlocks() {
    return liveBlocks.get();
  }
}
