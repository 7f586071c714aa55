package io.hakmem.thread;

import static io.hakmem.memory.RawMemory.fill;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLongRelease;

import io.hakmem.central.CentralStore;
import io.hakmem.config.AllocatorOptions;
import io.hakmem.config.SizeClasses;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Who owns which cache: gives places of the table to threads, takes them back from dead ones, and
 * serves those that have none through shared caches. Thread-safe.
 */
final class CacheRegistry {

  /** Dead threads looked for at each newcomer: more than one, so that they can't pile up. */
  private static final int SWEPT_PER_NEWCOMER = 2;

  private record Owner(WeakReference<Thread> thread, long cache) {
    boolean isDead() {
      Thread alive = thread.get();
      return alive == null || !alive.isAlive();
    }
  }

  private final CacheSlow slow;
  private final SharedCaches shared;

  // The lock guards all below. No event is written while it is held, since JFR's thread takes it
  // under JFR's own lock to write the statistics.
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Owner> owners = new ArrayList<>();

  /** The same owners by place. Read without the lock, by threads whose place is taken. */
  private final Map<Long, Owner> places = new ConcurrentHashMap<>();

  private final ClassCounters[] retired = new ClassCounters[SizeClasses.COUNT];
  private int sweepHand;

  /** Written under the lock. */
  private volatile boolean closed;

  CacheRegistry(CentralStore central, AllocatorOptions options) {
    slow = new CacheSlow(central, options.threadCacheBytes());
    shared = new SharedCaches(slow, options.sharedCaches());
    Arrays.fill(retired, ClassCounters.ZERO);
    Registries.add(this);
  }

  CacheSlow slow() {
    return slow;
  }

  SharedCaches shared() {
    return shared;
  }

  /** Tries to make a place of the table the thread's own; never for a virtual thread. */
  boolean claim(Thread thread, long place) {
    if (thread.isVirtual() || isTaken(place)) {
      return false;
    }
    boolean claimed = claimFree(thread, place);
    TraceWriter.relieve();
    return claimed;
  }

  private boolean isTaken(long place) {
    Owner owner = places.get(place);
    return owner != null && !owner.isDead();
  }

  private boolean claimFree(Thread thread, long place) {
    lock.lock();
    try {
      checkOpen();
      for (int i = 0; i < SWEPT_PER_NEWCOMER; i++) {
        sweepOne();
      }
      if (isTaken(place)) {
        return false;
      }
      Owner dead = places.get(place);
      if (dead != null) {
        retire(owners.indexOf(dead));
      }
      fill(place, CacheLayout.BYTES, (byte) 0);
      CacheSlow.initialize(place, thread.threadId());
      putInt(place + CacheLayout.ALLOCATOR, slow.owner());
      CacheSlow.sign(place, thread);
      Owner owner = new Owner(new WeakReference<>(thread), place);
      owners.add(owner);
      places.put(place, owner);
      putLongRelease(place + CacheLayout.OWNER, thread.threadId());
      return true;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Makes some place of a table the thread's own, where the one that belongs to its id is taken.
   *
   * @return the place, or the one that the thread has got this way before
   */
  long claimAnother(Thread thread, ThreadCaches table) {
    long place = findAnother(thread, table);
    TraceWriter.relieve();
    return place;
  }

  private long findAnother(Thread thread, ThreadCaches table) {
    lock.lock();
    try {
      for (Owner owner : owners) {
        if (Accounts.owner(owner.cache()) == thread.threadId()) {
          return owner.cache();
        }
      }
      for (long id = thread.threadId(); id <= thread.threadId() + table.indexMask(); id++) {
        long place = table.place(id);
        if (!isTaken(place) && claimFree(thread, place)) {
          return place;
        }
      }
      throw new IllegalStateException(
          "all %d thread caches have living owners".formatted(table.indexMask() + 1));
    } finally {
      lock.unlock();
    }
  }

  private void sweepOne() {
    if (owners.isEmpty()) {
      return;
    }
    sweepHand = (sweepHand + 1) % owners.size();
    if (owners.get(sweepHand).isDead()) {
      retire(sweepHand);
    }
  }

  /** Keeps the counters of a dead thread's cache, drains it and frees its place. */
  private void retire(int index) {
    long cache = owners.get(index).cache();
    slow.flush(cache);
    keepCounters(cache);
    Tracing.orphan(cache);
    putLongRelease(cache + CacheLayout.OWNER, 0);
    places.remove(cache);
    Owner last = owners.removeLast();
    if (index < owners.size()) {
      owners.set(index, last);
    }
  }

  private void keepCounters(long cache) {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      retired[sizeClass] =
          retired[sizeClass].plus(Accounts.read(cache, sizeClass).withoutCapacity());
    }
  }

  /** Counters of one class over all caches, of living threads and dead ones. */
  ClassCounters counters(int sizeClass) {
    lock.lock();
    try {
      ClassCounters sum = retired[sizeClass].plus(shared.counters(sizeClass));
      for (Owner owner : owners) {
        sum = sum.plus(Accounts.read(owner.cache(), sizeClass));
      }
      return sum;
    } finally {
      lock.unlock();
    }
  }

  /** Counters of one class over the caches of the threads that own none. */
  ClassCounters sharedCounters(int sizeClass) {
    return shared.counters(sizeClass);
  }

  /** Threads that own a cache, dead ones that were not swept yet included. */
  int caches() {
    lock.lock();
    try {
      return owners.size();
    } finally {
      lock.unlock();
    }
  }

  /** Adds what each cache has done so far, by its address. */
  void operations(Map<Long, Long> byCache) {
    lock.lock();
    try {
      for (Owner owner : owners) {
        byCache.put(owner.cache(), use(owner.cache(), "").operations());
      }
    } finally {
      lock.unlock();
    }
    shared.operations(byCache);
  }

  List<ThreadUse> threads() {
    lock.lock();
    try {
      List<ThreadUse> uses = new ArrayList<>();
      for (Owner owner : owners) {
        Thread thread = owner.thread().get();
        uses.add(use(owner.cache(), thread == null ? "" : thread.getName()));
      }
      return uses;
    } finally {
      lock.unlock();
    }
  }

  static ThreadUse use(long cache, String name) {
    long cachedBytes = 0;
    long operations = 0;
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      ClassCounters counters = Accounts.read(cache, sizeClass);
      cachedBytes += counters.cached() * SizeClasses.stride(sizeClass);
      operations += counters.pops() + counters.pushes();
    }
    return new ThreadUse(Accounts.owner(cache), name, cachedBytes, operations);
  }

  /** Drains the caches of all threads that are dead. */
  void sweepAll() {
    lock.lock();
    try {
      for (int i = owners.size() - 1; i >= 0; i--) {
        if (owners.get(i).isDead()) {
          retire(i);
        }
      }
    } finally {
      lock.unlock();
    }
    TraceWriter.relieve();
  }

  /**
   * @throws IllegalStateException after {@link #close}
   */
  void checkOpen() {
    if (closed) {
      throw new IllegalStateException("the allocator is closed");
    }
  }

  boolean isClosed() {
    return closed;
  }

  /**
   * Takes the caches away from their owners without draining them.
   *
   * @return false if it was done before
   */
  boolean close() {
    lock.lock();
    try {
      if (closed) {
        return false;
      }
      closed = true;
      for (Owner owner : owners) {
        keepCounters(owner.cache());
        Tracing.orphan(owner.cache());
        fill(owner.cache(), CacheLayout.BYTES, (byte) 0);
      }
      owners.clear();
      places.clear();
    } finally {
      lock.unlock();
    }
    shared.close();
    Registries.remove(this);
    TraceWriter.relieve();
    return true;
  }
}
