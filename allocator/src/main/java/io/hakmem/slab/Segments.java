package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.SEGMENT_BYTES;
import static io.hakmem.config.BlockLayout.SLAB_BYTES;

import io.hakmem.config.SizeClasses;
import io.hakmem.memory.OsMemory;
import io.hakmem.memory.RawMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** Cuts segments into slabs and spans, and gives what is free back. Thread-safe. */
public final class Segments {

  private final Footprint footprint;
  private final ReentrantLock lock = new ReentrantLock();

  /**
   * Held while memory goes back, so that who reclaims at the limit waits for what another thread is
   * giving back already.
   */
  private final ReentrantLock purging = new ReentrantLock();

  // Written under the lock; read without it for segments that the reader keeps from going away.
  private volatile @Nullable Segment[] byId = new @Nullable Segment[16];
  private final List<Segment> segments = new ArrayList<>();

  /**
   * All segments before this one are full: a search through thousands of them would take longer.
   */
  private int firstNotFull;

  private boolean closed;

  private static final AtomicInteger LAST_OWNER = new AtomicInteger();

  /** Tells the allocators of a process apart. */
  private final int owner = LAST_OWNER.incrementAndGet();

  private final LongAdder lookUps = new LongAdder();

  public Segments(Footprint footprint) {
    this.footprint = footprint;
  }

  /** Number of the allocator that these belong to, unique in the process. */
  public int owner() {
    return owner;
  }

  /** A slab and whether a new segment had to be reserved for it. */
  public record NewSlab(Slab slab, boolean newSegment) {}

  /**
   * Takes a fresh slab for a class.
   *
   * @param requested what the user asked for, to be named where it can't be had
   * @throws OutOfMemoryError beyond the limit, or when the operating system refuses
   */
  public NewSlab newSlab(int sizeClass, long requested) {
    int count = SizeClasses.slabs(sizeClass);
    Taken taken = take(count, requested);
    Slab slab = new Slab(sizeClass, taken.address, owner);
    taken.segment.assign(taken.segment.indexOf(taken.address), count, slab);
    RecordedSlabs.created(slab);
    return new NewSlab(slab, taken.newSegment);
  }

  /** Takes {@code count} slabs in a row as one span; returns its address. */
  long newSpan(int count, long requested) {
    Taken taken = take(count, requested);
    taken.segment.span(taken.segment.indexOf(taken.address), count);
    return taken.address;
  }

  private record Taken(Segment segment, long address, boolean newSegment) {}

  private Taken take(int count, long requested) {
    Taken taken = takeExisting(count);
    if (taken == null && purging.isLocked()) {
      taken = takePurged(count);
    }
    while (taken == null) {
      // Outside of the lock: reserving may reclaim, which needs it.
      long address = footprint.reserve(SEGMENT_BYTES, SEGMENT_BYTES, "segment", requested);
      taken = takeNew(address, count);
    }
    return taken;
  }

  private @Nullable Taken takeExisting(int count) {
    lock.lock();
    try {
      while (firstNotFull < segments.size() && segments.get(firstNotFull).full()) {
        firstNotFull++;
      }
      for (int i = firstNotFull; i < segments.size(); i++) {
        Segment segment = segments.get(i);
        int first = segment.find(count);
        if (first >= 0) {
          return takeFrom(segment, first, count, false);
        }
      }
      return null;
    } finally {
      lock.unlock();
    }
  }

  /** What is on its way back at the moment cannot be had before that is done. */
  private @Nullable Taken takePurged(int count) {
    purging.lock();
    try {
      return takeExisting(count);
    } finally {
      purging.unlock();
    }
  }

  private Taken takeNew(long address, int count) {
    lock.lock();
    try {
      if (closed) {
        footprint.release(address, SEGMENT_BYTES, 0, "segment");
        footprint.checkOpen();
      }
      int id = freeId();
      Segment segment = new Segment(address, id, owner);
      firstTouch(address, id);
      SlabRegistry.add(segment);
      segment.position = segments.size();
      segments.add(segment);
      @Nullable Segment[] ids = byId;
      ids[id] = segment;
      byId = ids;
      return takeFrom(segment, 0, count, true);
    } finally {
      lock.unlock();
    }
  }

  /** The operating system makes the segment's first page here. */
  private static void firstTouch(long address, int id) {
    RawMemory.putInt(address, id);
  }

  private Taken takeFrom(Segment segment, int first, int count, boolean newSegment) {
    footprint.committed(segment.take(first, count));
    return new Taken(segment, segment.addressOf(first), newSegment);
  }

  private int freeId() {
    @Nullable Segment[] ids = byId;
    for (int id = 0; id < ids.length; id++) {
      if (ids[id] == null) {
        return id;
      }
    }
    byId = Arrays.copyOf(ids, 2 * ids.length);
    return ids.length;
  }

  /** The slab of a free block of a size class. */
  public Slab slabOf(long base) {
    return segmentOf(base).slabAt(base);
  }

  private Segment segmentOf(long address) {
    lookUps.increment();
    Segment segment = byId[RawMemory.getInt(address & -SEGMENT_BYTES)];
    if (segment == null || segment.address != (address & -SEGMENT_BYTES)) {
      throw new IllegalStateException("no segment at 0x" + Long.toHexString(address));
    }
    return segment;
  }

  /** Takes back a slab whose blocks are all free. */
  public void release(Slab slab) {
    Segment segment = segmentOf(slab.start());
    int first = segment.indexOf(slab.start());
    int count = SizeClasses.slabs(slab.sizeClass());
    lock.lock();
    try {
      segment.assign(first, count, null);
      RecordedSlabs.released(slab);
      giveBack(segment, first, count);
    } finally {
      lock.unlock();
    }
  }

  void releaseSpan(long address, int count) {
    Segment segment = segmentOf(address);
    lock.lock();
    try {
      segment.span(segment.indexOf(address), 0);
      giveBack(segment, segment.indexOf(address), count);
    } finally {
      lock.unlock();
    }
  }

  private void giveBack(Segment segment, int first, int count) {
    segment.giveBack(first, count);
    firstNotFull = Math.min(firstNotFull, segment.position);
  }

  /**
   * Gives free memory back to the operating system: unused segments whole, free slabs of the others
   * in place.
   *
   * @return bytes given back
   */
  public long purge() {
    purging.lock();
    try {
      return purgeAll();
    } finally {
      purging.unlock();
    }
  }

  private long purgeAll() {
    long purged = 0;
    for (Segment unused : removeUnused()) {
      long dirtyBytes = unused.dirtyBytes();
      footprint.release(unused.address, SEGMENT_BYTES, dirtyBytes, "segment");
      purged += dirtyBytes;
    }
    for (Segment segment : all()) {
      purged += purge(segment);
    }
    return purged;
  }

  private List<Segment> all() {
    lock.lock();
    try {
      return List.copyOf(segments);
    } finally {
      lock.unlock();
    }
  }

  private List<Segment> removeUnused() {
    List<Segment> unused = new ArrayList<>();
    lock.lock();
    try {
      for (Segment segment : segments) {
        if (segment.unused()) {
          unused.add(segment);
          byId[segment.id] = null;
          SlabRegistry.remove(segment);
        }
      }
      if (!unused.isEmpty()) {
        segments.removeIf(Segment::unused);
        for (int i = 0; i < segments.size(); i++) {
          segments.get(i).position = i;
        }
        firstNotFull = 0;
      }
    } finally {
      lock.unlock();
    }
    return unused;
  }

  /**
   * Slabs count as taken while they are being emptied, so that nobody has to wait for that: the
   * operating system takes its time.
   */
  private long purge(Segment segment) {
    if (!OsMemory.platform().canDiscard()) {
      return 0;
    }
    long dirty = takeDirty(segment);
    if (dirty == 0) {
      return 0;
    }
    long bytes = (long) Long.bitCount(dirty) * SLAB_BYTES;
    try {
      discard(segment, dirty);
    } finally {
      footprint.committed(-bytes);
      giveBackClean(segment, dirty);
    }
    return bytes;
  }

  private long takeDirty(Segment segment) {
    lock.lock();
    try {
      return segment.takeDirty();
    } finally {
      lock.unlock();
    }
  }

  private void giveBackClean(Segment segment, long slabs) {
    lock.lock();
    try {
      segment.giveBackClean(slabs);
      firstNotFull = Math.min(firstNotFull, segment.position);
    } finally {
      lock.unlock();
    }
  }

  private static void discard(Segment segment, long slabs) {
    long left = slabs;
    while (left != 0) {
      int first = Long.numberOfTrailingZeros(left);
      int count = Long.numberOfTrailingZeros(~(left >>> first));
      discard(segment, first, count);
      left = count + first >= Long.SIZE ? 0 : left >>> (first + count) << (first + count);
    }
  }

  /** The first page of a segment holds its header and stays. */
  private static void discard(Segment segment, int first, int count) {
    long from = segment.addressOf(first);
    long kept = first == 0 ? OsMemory.platform().pageBytes() : 0;
    OsMemory.platform().discard(from + kept, (long) count * SLAB_BYTES - kept);
  }

  /** Gives everything back, whatever it holds; the footprint must be closed before. */
  public void releaseAll() {
    // Nothing is being emptied any more that is unmapped here.
    purging.lock();
    lock.lock();
    try {
      closed = true;
      for (Segment segment : segments) {
        SlabRegistry.remove(segment);
        segment.forEachSlab(RecordedSlabs::released);
        footprint.release(segment.address, SEGMENT_BYTES, segment.usedOrDirtyBytes(), "segment");
      }
      segments.clear();
      byId = new @Nullable Segment[16];
    } finally {
      lock.unlock();
      purging.unlock();
    }
  }

  /** Times that an address was looked up: only where free memory is sorted or spans are freed. */
  public long lookUps() {
    return lookUps.sum();
  }

  /** Segments held now. */
  public int segments() {
    lock.lock();
    try {
      return segments.size();
    } finally {
      lock.unlock();
    }
  }
}
