package io.hakmem;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.BlockLayout.ALIGNED_HEADER;
import static io.hakmem.config.BlockLayout.ALIGNMENT;
import static io.hakmem.config.BlockLayout.CLASS_MASK;
import static io.hakmem.config.BlockLayout.FREE_FLIP;
import static io.hakmem.config.BlockLayout.FREE_MAGIC;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.BlockLayout.LIVE_MAGIC;
import static io.hakmem.config.BlockLayout.MAGIC_MASK;
import static io.hakmem.config.BlockLayout.MAPPED_HEADER;
import static io.hakmem.config.BlockLayout.SPAN_HEADER;

import io.hakmem.central.CentralStore;
import io.hakmem.config.AllocatorOptions;
import io.hakmem.config.SizeClasses;
import io.hakmem.event.Events;
import io.hakmem.event.SlowPathFallback;
import io.hakmem.memory.RawMemory;
import io.hakmem.slab.Footprint;
import io.hakmem.slab.LargeBlocks;
import io.hakmem.slab.Segments;
import io.hakmem.thread.CheckedBlocks;
import io.hakmem.thread.CheckedLarge;
import io.hakmem.thread.Closed;
import io.hakmem.thread.FreePath;
import io.hakmem.thread.InvalidFrees;
import io.hakmem.thread.Leaks;
import io.hakmem.thread.ThreadCaches;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.LongAdder;

/**
 * One allocator's parts, and the two fast paths through them. Thread-safe.
 *
 * <p>A record, so that the compiler treats all of a constant heap as constants.
 */
record Heap(
    ThreadCaches caches,
    CentralStore central,
    Segments segments,
    LargeBlocks large,
    Footprint footprint,
    LongAdder freesRoutedByHeader,
    AllocatorOptions options) {

  /** Offset from an aligned address to where the address of its block is kept. */
  private static final int ALIGNED_BLOCK = -16;

  private static final int FREED_ALIGNED_HEADER = ALIGNED_HEADER ^ FREE_FLIP;

  static {
    InvalidFrees.thrower(InvalidFreeException::new);
    Leaks.atExit(() -> LeakReport.of(Hakmem.heap()).tell("exit"));
  }

  /** The one heap that is a constant of compiled code. */
  static Heap ofProcess(AllocatorOptions options) {
    return create(options, true);
  }

  static Heap create(AllocatorOptions options) {
    return create(options, false);
  }

  private static Heap create(AllocatorOptions options, boolean constant) {
    Footprint footprint = new Footprint(options.limit());
    Segments segments = new Segments(footprint);
    CentralStore central = new CentralStore(segments, options.decayMillis());
    footprint.reclaimer(() -> reclaim(central));
    LargeBlocks large = new LargeBlocks(segments, footprint);
    ThreadCaches caches = ThreadCaches.create(central, options, constant);
    return new Heap(caches, central, segments, large, footprint, new LongAdder(), options);
  }

  private static void reclaim(CentralStore central) {
    CheckedLarge.drain();
    central.trim();
  }

  long allocate(long size) {
    int sizeClass;
    if (Long.compareUnsigned(size, SizeClasses.MAX_TINY_BYTES) <= 0) {
      sizeClass = SizeClasses.ofTiny((int) size);
    } else if (Long.compareUnsigned(size, SizeClasses.MAX_CLASS_BYTES) <= 0) {
      sizeClass = SizeClasses.ofMedium((int) size);
    } else {
      return allocateLargeSlow(size);
    }
    long cache = caches.current();
    long user = cache != 0 ? FreePath.pop(cache, sizeClass, size) : 0;
    return user != 0 ? user : caches.allocateSlow(sizeClass, size);
  }

  void free(long address) {
    if (address <= 0) {
      freeNothingSlow(address);
      return;
    }
    long base = (address - HEADER_BYTES) & ADDRESS_MASK;
    int header = FreePath.header(base) & 0xFF;
    int sizeClass = header - LIVE_MAGIC;
    if (Integer.compareUnsigned(sizeClass, CLASS_MASK) <= 0) {
      long cache = caches.current();
      if (cache == 0 || !FreePath.push(cache, sizeClass, base)) {
        caches.freeSlow(sizeClass, base);
      }
      return;
    }
    freeOtherSlow(address, header);
  }

  /** As {@link #free(long)}, with the size that was asked for. */
  void free(long address, long size) {
    int sizeClass;
    if (!FreePath.goesBySize(address)) {
      freeByHeader(address, size);
      return;
    } else if (Long.compareUnsigned(size, SizeClasses.MAX_TINY_BYTES) <= 0) {
      sizeClass = SizeClasses.ofTiny((int) size);
    } else if (Long.compareUnsigned(size, SizeClasses.MAX_CLASS_BYTES) <= 0) {
      sizeClass = SizeClasses.ofMedium((int) size);
    } else {
      freeByHeader(address, size);
      return;
    }
    long base = (address - HEADER_BYTES) & ADDRESS_MASK;
    long cache = caches.current();
    if (cache == 0 || !FreePath.push(cache, sizeClass, base)) {
      caches.freeSlow(sizeClass, base);
    }
  }

  private void freeByHeader(long address, long size) {
    if (FreePath.checkSize(address, size)) {
      free(address);
    }
  }

  private long allocateLargeSlow(long size) {
    if (size < 0) {
      throw new IllegalArgumentException("size must not be negative: " + size);
    }
    long user = large.allocate(size);
    if (FreePath.checks()) {
      CheckedLarge.allocated(large, owner(), user, size);
    }
    if (Events.tracing()) {
      caches.traceLargeAllocated(user, size);
    }
    return user;
  }

  /** Id of this allocator among those of the process. */
  int owner() {
    return segments.owner();
  }

  /** The header alone says where to go; only blocks of segments then need the registry. */
  private void freeOtherSlow(long address, int header) {
    freesRoutedByHeader.increment();
    if (FreePath.checks() && !CheckedBlocks.admits(owner(), address, header)) {
      return;
    }
    if (header == SPAN_HEADER || header == MAPPED_HEADER) {
      freeLargeSlow(address, header);
    } else if (header == ALIGNED_HEADER) {
      freeAlignedSlow(address);
    } else if ((header & MAGIC_MASK) == FREE_MAGIC || header == FREED_ALIGNED_HEADER) {
      InvalidFrees.report(InvalidFrees.Kind.DOUBLE_FREE, address, header);
    } else {
      InvalidFrees.report(InvalidFrees.Kind.HEADER_CORRUPTED, address, header);
    }
  }

  private void freeLargeSlow(long address, int header) {
    SlowPathFallback event = Events.beginSlowPath();
    CheckedLarge.Outcome outcome =
        FreePath.checks() ? CheckedLarge.free(address) : CheckedLarge.Outcome.UNKNOWN;
    if (outcome == CheckedLarge.Outcome.UNKNOWN) {
      large.free(address, header);
    }
    central.somethingFreed();
    if (outcome == CheckedLarge.Outcome.REFUSED) {
      return;
    }
    // Also where the checked path holds the block back: the operation is over.
    String source = header == SPAN_HEADER ? "segment" : "os";
    Events.endSlowPath(event, "free", "notTiny", source, -1, -1, 0);
    if (Events.tracing()) {
      caches.traceLargeFreed(address);
    }
  }

  private void freeAlignedSlow(long address) {
    // The list of free blocks may overwrite where the block is: a second free must not read it.
    RawMemory.putByte(address - HEADER_BYTES, (byte) FREED_ALIGNED_HEADER);
    SlowPathFallback event = Events.beginAligned();
    long block = RawMemory.getLong(address + ALIGNED_BLOCK);
    if (Events.tracing()) {
      caches.traceAlignedFree(block, address - block, () -> free(block));
    } else {
      free(block);
    }
    Events.endSlowPath(event, "free", "aligned", "header", -1, -1, 0);
  }

  /** A free after {@link #close}, where the path looks for misuse. */
  void refuseClosedSlow(long address) {
    if (FreePath.checks() && address != 0) {
      CheckedBlocks.refuseClosed(address);
    }
    caches.checkOpen();
  }

  private static void freeNothingSlow(long address) {
    if (address != 0) {
      InvalidFrees.report(InvalidFrees.Kind.NOT_A_BLOCK, address, 0);
    }
  }

  /** An address that is a multiple of {@code alignment}, a power of two. */
  long allocateAligned(long size, long alignment) {
    if (alignment <= 0 || (alignment & (alignment - 1)) != 0) {
      throw new IllegalArgumentException("alignment must be a power of two: " + alignment);
    }
    if (alignment <= ALIGNMENT) {
      return allocate(size);
    }
    if (size < 0 || size > Long.MAX_VALUE - alignment) {
      throw new IllegalArgumentException(
          "size must not be negative or overflow with its alignment: %d aligned to %d"
              .formatted(size, alignment));
    }
    long whole = size + alignment - ALIGNMENT;
    long block =
        Events.tracing()
            ? caches.traceAlignedAllocate(alignment, () -> allocate(whole))
            : allocate(whole);
    long aligned = (block + alignment - 1) & -alignment;
    if (aligned != block) {
      RawMemory.putLong(aligned + ALIGNED_BLOCK, block);
      RawMemory.putByte(aligned - HEADER_BYTES, (byte) ALIGNED_HEADER);
    }
    FreePath.resized(block, aligned, size);
    return aligned;
  }

  long allocateZeroed(long size) {
    long user = allocate(size) & ADDRESS_MASK;
    if (size <= SizeClasses.MAX_TINY_BYTES) {
      RawMemory.zeroFew(user, (int) size);
      FreePath.resized(user, user, size);
    } else if (!isMapped(user)) {
      RawMemory.fill(user, size, (byte) 0);
    }
    return user;
  }

  long allocateZeroed(long size, long alignment) {
    long user = allocateAligned(size, alignment);
    int header = RawMemory.getByte(user - HEADER_BYTES) & 0xFF;
    long block = header == ALIGNED_HEADER ? RawMemory.getLong(user + ALIGNED_BLOCK) : user;
    if (!isMapped(block)) {
      RawMemory.fill(user, size, (byte) 0);
    }
    return user;
  }

  /** A mapping of its own is fresh, and comes zeroed. */
  static boolean isMapped(long block) {
    return (RawMemory.getByte(block - HEADER_BYTES) & 0xFF) == MAPPED_HEADER;
  }

  /** Bytes that a user may write from an address on. */
  long usableBytes(long address) {
    if (FreePath.checks()) {
      if (CheckedBlocks.refuses(owner(), address)) {
        return 0;
      }
      long requested = CheckedBlocks.requestedAt(address);
      if (requested >= 0) {
        // Who asks may write that much, and the rest is watched.
        return requested;
      }
    }
    int header = FreePath.header(address - HEADER_BYTES) & 0xFF;
    if ((header & MAGIC_MASK) == LIVE_MAGIC) {
      return SizeClasses.usableBytes(header & CLASS_MASK);
    }
    if (header == SPAN_HEADER || header == MAPPED_HEADER) {
      return LargeBlocks.usableBytes(address);
    }
    if (header == ALIGNED_HEADER) {
      long block = RawMemory.getLong(address + ALIGNED_BLOCK);
      return usableBytes(block) - (address - block);
    }
    throw new InvalidFreeException(
        InvalidFrees.Kind.HEADER_CORRUPTED,
        "0x%x is not a block in use (header 0x%02x)".formatted(address, header),
        address);
  }

  /** Whether a block may have been asked for with a size; for assertions. */
  boolean isSizeOf(long address, long size) {
    if (address == 0) {
      return true;
    }
    boolean sameClass = !FreePath.goesBySize(address) || SizeClasses.of(size) == classOf(address);
    return size >= 0 && sameClass && size <= usableBytes(address);
  }

  /** The class that a block's header names, -1 for a large one and where it was aligned. */
  private static int classOf(long address) {
    int header = FreePath.header(address - HEADER_BYTES);
    return (header & MAGIC_MASK) == LIVE_MAGIC ? header & CLASS_MASK : -1;
  }

  String notSizeOf(long address, long size) {
    return "the block at 0x%x has %d usable bytes, not %d"
        .formatted(address, usableBytes(address), size);
  }

  static long addressOf(MemorySegment segment) {
    if (!segment.isNative()) {
      throw new IllegalArgumentException("expected a native segment of this allocator: " + segment);
    }
    return segment.address();
  }

  /** Where a buffer starts, whatever its position. */
  static long addressOf(ByteBuffer buffer) {
    if (!buffer.isDirect()) {
      throw new IllegalArgumentException("expected a direct buffer of this allocator: " + buffer);
    }
    return MemorySegment.ofBuffer(buffer.duplicate().clear()).address();
  }

  /**
   * Stays where it is if the block is large enough and not more than twice too large, and a block
   * of a class only if it is the new size's class too: frees that name their size rely on that.
   */
  long reallocate(long address, long size) {
    if (address == 0) {
      return allocate(size);
    }
    long usable = usableBytes(address);
    if (usable == 0 && FreePath.checks() && CheckedBlocks.requestedAt(address) < 0) {
      // Reported: what was there is nobody's, so there is nothing to copy or free.
      return allocate(size);
    }
    if (size >= usable / 2 && size <= usable && fits(address, size)) {
      resizedSlow(address, size);
      return address;
    }
    long moved = allocate(size);
    RawMemory.copy(address, moved, Math.min(usable, size));
    free(address);
    return moved;
  }

  private static boolean fits(long address, long size) {
    int sizeClass = classOf(address);
    return sizeClass < 0 || sizeClass == SizeClasses.of(size);
  }

  private static void resizedSlow(long address, long size) {
    if (FreePath.checks()) {
      FreePath.resized(CheckedBlocks.blockAt(address), address, size);
    }
  }

  /** Gives back to the operating system all that is free and not in a living thread's cache. */
  void trim() {
    CheckedLarge.drain();
    caches.flushCurrent();
    caches.sweepDeadThreads();
    central.trim();
    InvalidFrees.tellWaiting();
  }

  /** Gives everything back but the caches themselves; nothing happens the second time. */
  void close() {
    if (!caches.close()) {
      return;
    }
    if (FreePath.checks()) {
      Closed.add(owner());
      CheckedLarge.close(owner());
    }
    central.close();
    footprint.close();
    large.releaseAll();
    segments.releaseAll();
    InvalidFrees.tellWaiting();
  }
}
