package io.hakmem.slab;

import io.hakmem.memory.OsMemory;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What one allocator holds of the operating system's memory, kept below a limit. Thread-safe.
 *
 * <p>{@code committed <= reserved <= limit}; committed leaves out what was given back inside a
 * segment.
 */
public final class Footprint {

  private final long limit;
  private final AtomicLong reserved = new AtomicLong();
  private final AtomicLong committed = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();
  private volatile Runnable reclaimer = Footprint::reclaimNothing;

  /**
   * @param limit most bytes to reserve, or {@link Long#MAX_VALUE}
   */
  public Footprint(long limit) {
    this.limit = limit;
  }

  private static void reclaimNothing() {}

  /** Names what to call before a reservation is refused. */
  public void reclaimer(Runnable newReclaimer) {
    reclaimer = newReclaimer;
  }

  /**
   * Reserves memory, none of it counted as committed yet.
   *
   * @throws OutOfMemoryError beyond the limit, or when the operating system refuses
   */
  long reserve(long bytes, long alignment, String purpose, long requested) {
    if (!charge(bytes)) {
      reclaimer.run();
      if (!charge(bytes)) {
        throw beyondLimit(requested);
      }
    }
    try {
      return map(bytes, alignment, purpose);
    } catch (OutOfMemoryError e) {
      reserved.addAndGet(-bytes);
      throw refused(requested, e);
    }
  }

  /** A second try after reclaiming: the operating system may have a limit of its own. */
  private long map(long bytes, long alignment, String purpose) {
    try {
      return OsMemory.platform().reserve(bytes, alignment, purpose);
    } catch (OutOfMemoryError first) {
      reclaimer.run();
      return OsMemory.platform().reserve(bytes, alignment, purpose);
    }
  }

  private boolean charge(long bytes) {
    long before;
    do {
      before = reserved.get();
      if (bytes > limit - before) {
        return false;
      }
    } while (!reserved.compareAndSet(before, before + bytes));
    return true;
  }

  void release(long address, long bytes, long committedBytes, String purpose) {
    OsMemory.platform().release(address, bytes, purpose);
    committed.addAndGet(-committedBytes);
    reserved.addAndGet(-bytes);
  }

  /** Says that so many reserved bytes are in use again, or, if negative, no longer. */
  void committed(long bytes) {
    long now = committed.addAndGet(bytes);
    if (now > peak.get()) {
      peak.accumulateAndGet(now, Math::max);
    }
  }

  private OutOfMemoryError beyondLimit(long requested) {
    return new OutOfMemoryError(
        "%d bytes were requested, %d are in use, the limit is %d (raise it with hakmem.limit)"
            .formatted(requested, reserved.get(), limit));
  }

  private OutOfMemoryError refused(long requested, OutOfMemoryError reason) {
    return new OutOfMemoryError(
        "%d bytes were requested, %d are in use, the limit is %s: %s"
            .formatted(
                requested,
                reserved.get(),
                limit == Long.MAX_VALUE ? "none" : String.valueOf(limit),
                reason.getMessage()));
  }

  public long limit() {
    return limit;
  }

  public long reservedBytes() {
    return reserved.get();
  }

  public long committedBytes() {
    return committed.get();
  }

  public long peakBytes() {
    return peak.get();
  }
}
