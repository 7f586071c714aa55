package io.hakmem.thread;

import io.hakmem.event.Events;
import io.hakmem.event.SlowPathFallback;
import io.hakmem.memory.OsMemory;
import io.hakmem.memory.RawMemory;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * A few caches for all the threads that own none: virtual threads, and platform threads whose place
 * is taken. Thread-safe.
 *
 * <p>A thread tries them from one that its id picks, and waits only if all are busy. The locks do
 * not pin virtual threads.
 */
final class SharedCaches {

  /** Instead of an operation: waiting is no fallback of one. */
  private static final String SILENT = "";

  private final CacheSlow slow;
  private final Stripe[] stripes;

  private record Stripe(ReentrantLock lock, long cache) {}

  private final long caches;
  private volatile boolean closed;

  /**
   * @param count a power of two
   */
  SharedCaches(CacheSlow slow, int count) {
    this.slow = slow;
    stripes = new Stripe[count];
    OsMemory os = OsMemory.platform();
    caches = os.reserve(bytes(), os.pageBytes(), "caches");
    for (int i = 0; i < stripes.length; i++) {
      long cache = caches + (long) i * CacheLayout.BYTES;
      CacheSlow.initialize(cache, -1L - i);
      RawMemory.putInt(cache + CacheLayout.ALLOCATOR, slow.owner());
      RawMemory.putInt(cache + CacheLayout.SHARED, 1);
      stripes[i] = new Stripe(new ReentrantLock(), cache);
    }
  }

  long address() {
    return caches;
  }

  /** What the caches take of the operating system's memory. */
  long bytes() {
    long page = OsMemory.platform().pageBytes();
    return ((long) stripes.length * CacheLayout.BYTES + page - 1) & -page;
  }

  long allocate(Thread thread, int sizeClass, long requested) {
    Stripe stripe = lock(thread, "allocate", sizeClass, requested);
    try {
      long user = FreePath.pop(stripe.cache, sizeClass, requested);
      return user != 0 ? user : slow.allocateSlow(stripe.cache, sizeClass, requested);
    } finally {
      stripe.lock.unlock();
    }
  }

  void free(Thread thread, int sizeClass, long base) {
    Stripe stripe = lock(thread, "free", sizeClass, -1);
    try {
      if (!FreePath.push(stripe.cache, sizeClass, base)) {
        slow.freeSlow(stripe.cache, sizeClass, base);
      }
    } finally {
      stripe.lock.unlock();
    }
  }

  /** Adds to the trace of a cache that the thread may use. */
  void trace(Thread thread, LongConsumer record) {
    Stripe stripe = lock(thread, SILENT, -1, -1);
    try {
      Tracing.trace(stripe.cache, record);
    } finally {
      stripe.lock.unlock();
    }
  }

  /** Does several steps on the cache that a thread tries first, with nobody else's in between. */
  long together(Thread thread, LongSupplier steps) {
    ReentrantLock lock = stripes[(int) thread.threadId() & (stripes.length - 1)].lock;
    lock.lock();
    try {
      return steps.getAsLong();
    } finally {
      lock.unlock();
    }
  }

  private Stripe lock(Thread thread, String operation, int sizeClass, long requested) {
    Stripe stripe = lockAny(thread, operation, sizeClass, requested);
    if (closed) {
      stripe.lock.unlock();
      throw new IllegalStateException("the allocator is closed");
    }
    CacheSlow.sign(stripe.cache, thread);
    return stripe;
  }

  private Stripe lockAny(Thread thread, String operation, int sizeClass, long requested) {
    int first = (int) thread.threadId();
    for (int i = 0; i < stripes.length; i++) {
      Stripe stripe = stripes[(first + i) & (stripes.length - 1)];
      if (stripe.lock.tryLock()) {
        return stripe;
      }
    }
    Stripe stripe = stripes[first & (stripes.length - 1)];
    SlowPathFallback event = operation.equals(SILENT) ? null : Events.beginSlowPath();
    stripe.lock.lock();
    Events.endSlowPath(event, operation, "stripeBusy", "shared", sizeClass, requested, 0);
    return stripe;
  }

  /** Waits until nobody is in the caches and lets nobody in again; their memory stays. */
  void close() {
    for (Stripe stripe : stripes) {
      stripe.lock.lock();
    }
    closed = true;
    for (Stripe stripe : stripes) {
      Tracing.orphan(stripe.cache);
      stripe.lock.unlock();
    }
  }

  /** Adds what each cache has done so far, by its address. */
  void operations(Map<Long, Long> byCache) {
    for (Stripe stripe : stripes) {
      byCache.put(stripe.cache, CacheRegistry.use(stripe.cache, "").operations());
    }
  }

  ClassCounters counters(int sizeClass) {
    ClassCounters sum = ClassCounters.ZERO;
    for (Stripe stripe : stripes) {
      sum = sum.plus(Accounts.read(stripe.cache, sizeClass));
    }
    return sum;
  }
}
