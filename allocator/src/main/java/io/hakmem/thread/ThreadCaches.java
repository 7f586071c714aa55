package io.hakmem.thread;

import static io.hakmem.memory.RawMemory.getLong;

import io.hakmem.central.CentralStore;
import io.hakmem.config.AllocatorOptions;
import io.hakmem.event.Events;
import io.hakmem.memory.OsMemory;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Finds the cache of the current thread. Thread-safe.
 *
 * <p>The caches lie in one table, and a platform thread's place in it is its id modulo the table's
 * length: no pointer is followed and no hash map asked. The owner's id in the cache tells whether
 * the place is really ours; everybody else (newcomers, threads whose place is taken, virtual
 * threads) goes through the slow half. A record, so that the compiler treats the fields of a
 * constant instance as constants.
 */
public record ThreadCaches(long table, long indexMask, CacheRegistry registry) {

  /** Places of a table whose memory costs only what is touched. */
  private static final int LAZY_PLACES = 1 << 14;

  private static final int EAGER_PLACES = 1 << 8;

  /**
   * Makes empty caches over a central store.
   *
   * @param constant whether compiled code is going to know where they are
   */
  public static ThreadCaches create(
      CentralStore central, AllocatorOptions options, boolean constant) {
    OsMemory os = OsMemory.platform();
    int places = os.lazy() ? LAZY_PLACES : EAGER_PLACES;
    long table =
        constant
            ? os.reserveLow(bytes(places), "caches")
            : os.reserve(bytes(places), os.pageBytes(), "caches");
    return new ThreadCaches(table, places - 1, new CacheRegistry(central, options));
  }

  private static long bytes(long places) {
    return places << CacheLayout.BYTES_SHIFT;
  }

  /** The cache that the current thread owns in the table, or 0. */
  public long current() {
    long id = Thread.currentThread().threadId();
    long cache = place(id);
    return getLong(cache + CacheLayout.OWNER) == id ? cache : 0;
  }

  /** The place in the table that belongs to a thread's id. */
  long place(long id) {
    return table + ((id & indexMask) << CacheLayout.BYTES_SHIFT);
  }

  // The two slow methods are longer than the 35 bytes of byte code that the compiler inlines at a
  // call that is seldom made. That keeps the slow half, and its demand for registers, out of the
  // callers' compiled loops: with it inside, random-mixed lost a fifth.

  /** Allocates where the fast half could not. */
  public long allocateSlow(int sizeClass, long requested) {
    Thread thread = Thread.currentThread();
    long id = thread.threadId();
    long place = place(id);
    if (Accounts.owner(place) == id || registry.claim(thread, place)) {
      return registry.slow().allocateSlow(place, sizeClass, requested);
    }
    return registry.shared().allocate(thread, sizeClass, requested);
  }

  /** Frees where the fast half could not; {@code base} is the address of the block's header. */
  public void freeSlow(int sizeClass, long base) {
    Thread thread = Thread.currentThread();
    long id = thread.threadId();
    long place = place(id);
    if (Accounts.owner(place) == id || registry.claim(thread, place)) {
      registry.slow().freeSlow(place, sizeClass, base);
    } else {
      registry.shared().free(thread, sizeClass, base);
    }
  }

  /** Traces a block that has no size class; only while {@link Events#tracing}. */
  public void traceLargeAllocated(long user, long size) {
    trace(cache -> Tracing.largeAllocated(cache, user, size));
  }

  /** Traces the free of a block that has no size class; only while {@link Events#tracing}. */
  public void traceLargeFreed(long user) {
    trace(cache -> Tracing.largeFreed(cache, user));
  }

  /**
   * Allocates a block that the user will know by the first multiple of {@code alignment} in it, and
   * traces both as one operation; only while {@link Events#tracing}.
   *
   * @param alignment a power of two
   * @return the block
   */
  public long traceAlignedAllocate(long alignment, LongSupplier allocate) {
    int shift = Long.numberOfTrailingZeros(alignment);
    return together(
        () -> {
          long block = allocate.getAsLong();
          long offset = ((block + alignment - 1) & -alignment) - block;
          trace(cache -> Tracing.aligned(cache, block, offset, shift));
          return block;
        });
  }

  /**
   * Frees a block that the user knows by a higher address, and traces both as one operation unless
   * the path refuses it; only while {@link Events#tracing}.
   */
  public void traceAlignedFree(long block, long offset, Runnable free) {
    together(
        () -> {
          long[] marks = new long[2];
          trace(cache -> marks[0] = Tracing.mark(cache));
          free.run();
          trace(cache -> marks[1] = Tracing.mark(cache));
          if (marks[0] != marks[1]) {
            trace(cache -> Tracing.aligned(cache, block, offset, 0));
          }
          return block;
        });
  }

  /** Keeps operations of other threads out of the middle of one that is traced in two parts. */
  private long together(LongSupplier operation) {
    Thread thread = Thread.currentThread();
    boolean own = Accounts.owner(place(thread.threadId())) == thread.threadId();
    return own ? operation.getAsLong() : registry.shared().together(thread, operation);
  }

  private void trace(LongConsumer record) {
    Thread thread = Thread.currentThread();
    long id = thread.threadId();
    long place = place(id);
    if (Accounts.owner(place) == id || registry.claim(thread, place)) {
      Tracing.trace(place, record);
    } else {
      registry.shared().trace(thread, record);
    }
  }

  /** Moves what the current thread's cache holds to the central lists. */
  public void flushCurrent() {
    long cache = current();
    if (cache != 0) {
      registry.slow().flush(cache);
    }
  }

  /**
   * A cache that the current thread owns, made now if it has none; valid until the thread ends or
   * the allocator is closed.
   *
   * @throws IllegalStateException for a virtual thread, and after {@link #close}
   */
  public long own() {
    Thread thread = Thread.currentThread();
    if (thread.isVirtual()) {
      throw new IllegalStateException(
          "a virtual thread has no cache of its own (%s): allocate without a handle"
              .formatted(thread));
    }
    long id = thread.threadId();
    long place = place(id);
    if (Accounts.owner(place) == id || registry.claim(thread, place)) {
      return place;
    }
    return registry.claimAnother(thread, this);
  }

  /** As {@link #allocateSlow(int, long)}, from a cache that {@link #own} returned. */
  public long allocateSlow(long cache, int sizeClass, long requested) {
    if (!isMine(cache)) {
      registry.checkOpen();
      throw notMine();
    }
    return registry.slow().allocateSlow(cache, sizeClass, requested);
  }

  /** As {@link #freeSlow(int, long)}, into a cache that {@link #own} returned. */
  public void freeSlow(long cache, int sizeClass, long base) {
    if (!isMine(cache)) {
      registry.checkOpen();
      throw notMine();
    }
    registry.slow().freeSlow(cache, sizeClass, base);
  }

  /** Moves what a cache that {@link #own} returned holds to the central lists. */
  public void flush(long cache) {
    if (!isMine(cache)) {
      registry.checkOpen();
      throw notMine();
    }
    registry.slow().flush(cache);
  }

  /** Whether the current thread owns a cache. */
  public static boolean isMine(long cache) {
    return Accounts.owner(cache) == Thread.currentThread().threadId();
  }

  /** Whether no thread owns a cache, as after {@link #close}. */
  public static boolean isNobodys(long cache) {
    return Accounts.owner(cache) == 0;
  }

  private static IllegalStateException notMine() {
    return new IllegalStateException(
        "the thread cache belongs to another thread than " + Thread.currentThread());
  }

  /**
   * @throws IllegalStateException after {@link #close}
   */
  public void checkOpen() {
    registry.checkOpen();
  }

  /** Whether {@link #close} was called. */
  public boolean isClosed() {
    return registry.isClosed();
  }

  /** Moves what dead threads left to the central lists. */
  public void sweepDeadThreads() {
    registry.sweepAll();
  }

  /**
   * Ends all caches: from now on every operation fails in the slow half. Their memory stays.
   *
   * @return false if it was done before
   */
  public boolean close() {
    return registry.close();
  }

  /** Gives the memory of the caches back; nobody may know them any more when it runs. */
  public Runnable release() {
    return new Release(table, bytes(indexMask + 1), registry);
  }

  /** Apart from the caches, and from whoever has them, so that it does not keep those reachable. */
  private record Release(long table, long tableBytes, CacheRegistry registry) implements Runnable {
    @Override
    public void run() {
      // Of an allocator that nobody closed the counters may be read until here.
      Registries.remove(registry);
      OsMemory os = OsMemory.platform();
      os.release(table, tableBytes, "caches");
      os.release(registry.shared().address(), registry.shared().bytes(), "caches");
    }
  }

  /** Caches that threads own now, and whose they are. */
  public List<ThreadUse> threads() {
    return registry.threads();
  }

  /** Counters of one class over the caches of the threads that own none. */
  public ClassCounters sharedCounters(int sizeClass) {
    return registry.sharedCounters(sizeClass);
  }

  /** Counters of one class over all caches. */
  public ClassCounters counters(int sizeClass) {
    return registry.counters(sizeClass);
  }
}
