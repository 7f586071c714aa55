package io.hakmem.thread;

import io.hakmem.memory.OsMemory;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A few caches for all the threads that own none: virtual threads, and platform threads whose place
 * is taken. Thread-safe.
 *
 * <p>A thread tries them from one that its id picks, and waits only if all are busy. The locks do
 * not pin virtual threads.
 */
final class SharedCaches {

  private static final int MAX_STRIPES = 64;

  private final CacheSlow slow;
  private final Stripe[] stripes;

  private record Stripe(ReentrantLock lock, long cache) {}

  SharedCaches(CacheSlow slow) {
    this.slow = slow;
    int wanted = 2 * Runtime.getRuntime().availableProcessors();
    stripes = new Stripe[Math.min(MAX_STRIPES, Integer.highestOneBit(2 * wanted - 1))];
    OsMemory os = OsMemory.platform();
    long page = os.pageBytes();
    long bytes = ((long) stripes.length * CacheLayout.BYTES + page - 1) & -page;
    long caches = os.reserve(bytes, page, "caches");
    for (int i = 0; i < stripes.length; i++) {
      long cache = caches + (long) i * CacheLayout.BYTES;
      CacheSlow.initialize(cache, -1L - i);
      stripes[i] = new Stripe(new ReentrantLock(), cache);
    }
  }

  long allocate(Thread thread, int sizeClass, long requested) {
    Stripe stripe = lock(thread);
    try {
      long user = FreeList.pop(stripe.cache, sizeClass);
      return user != 0 ? user : slow.allocateSlow(stripe.cache, sizeClass, requested);
    } finally {
      stripe.lock.unlock();
    }
  }

  void free(Thread thread, int sizeClass, long base) {
    Stripe stripe = lock(thread);
    try {
      if (!FreePath.push(stripe.cache, sizeClass, base)) {
        slow.freeSlow(stripe.cache, sizeClass, base);
      }
    } finally {
      stripe.lock.unlock();
    }
  }

  private Stripe lock(Thread thread) {
    int first = (int) thread.threadId();
    for (int i = 0; i < stripes.length; i++) {
      Stripe stripe = stripes[(first + i) & (stripes.length - 1)];
      if (stripe.lock.tryLock()) {
        return stripe;
      }
    }
    Stripe stripe = stripes[first & (stripes.length - 1)];
    stripe.lock.lock();
    return stripe;
  }

  ClassCounters counters(int sizeClass) {
    ClassCounters sum = ClassCounters.ZERO;
    for (Stripe stripe : stripes) {
      sum = sum.plus(Accounts.read(stripe.cache, sizeClass));
    }
    return sum;
  }
}
