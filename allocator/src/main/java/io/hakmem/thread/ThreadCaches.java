package io.hakmem.thread;

import static io.hakmem.memory.RawMemory.getLong;

import io.hakmem.central.CentralStore;
import io.hakmem.config.AllocatorOptions;
import io.hakmem.memory.OsMemory;
import java.util.List;

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

  /** Makes empty caches over a central store. */
  public static ThreadCaches create(CentralStore central, AllocatorOptions options) {
    OsMemory os = OsMemory.platform();
    int places = os.lazy() ? LAZY_PLACES : EAGER_PLACES;
    long table = os.reserve(bytes(places), os.pageBytes(), "caches");
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

  private long place(long id) {
    return table + ((id & indexMask) << CacheLayout.BYTES_SHIFT);
  }

  // The two slow methods are longer than what the compiler inlines at a call that is seldom made
  // (35
  // bytes of byte code). That keeps the slow half, and its demand for registers, out of the
  // callers'
  // compiled loops; a test watches it.

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

  /** Moves what the current thread's cache holds to the central lists. */
  public void flushCurrent() {
    long cache = current();
    if (cache != 0) {
      registry.slow().flush(cache);
    }
  }

  /** Moves what dead threads left to the central lists. */
  public void sweepDeadThreads() {
    registry.sweepAll();
  }

  /** Ends all caches: from now on every operation fails in the slow half. */
  public void close() {
    registry.close();
  }

  /** Gives the table itself back; nobody may know it any more. */
  public void releaseTable() {
    OsMemory.platform().release(table, bytes(indexMask + 1), "caches");
  }

  /** Caches that threads own now, and whose they are. */
  public List<ThreadUse> threads() {
    return registry.threads();
  }

  /** Counters of one class over all caches. */
  public ClassCounters counters(int sizeClass) {
    return registry.counters(sizeClass);
  }
}
