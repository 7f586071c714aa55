package io.hakmem.thread;

import io.hakmem.config.SizeClasses;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** The caches of all allocators of the process. Thread-safe. */
final class Registries {

  // The class guards both. Who holds it may take a registry's lock, never the other way round.
  private static final List<CacheRegistry> OPEN = new ArrayList<>();
  private static final ClassCounters[] CLOSED = new ClassCounters[SizeClasses.COUNT];

  static {
    Arrays.fill(CLOSED, ClassCounters.ZERO);
  }

  private Registries() {}

  static synchronized void add(CacheRegistry registry) {
    OPEN.add(registry);
  }

  /**
   * Keeps the counters of an allocator that is closed or that nobody knows any more; its caches are
   * not looked at again.
   */
  static synchronized void remove(CacheRegistry registry) {
    if (OPEN.remove(registry)) {
      for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
        CLOSED[sizeClass] = CLOSED[sizeClass].plus(registry.counters(sizeClass).withoutBlocks());
      }
    }
  }

  /** Counters of one class over all caches that ever were. */
  static synchronized ClassCounters counters(int sizeClass) {
    ClassCounters sum = CLOSED[sizeClass];
    for (CacheRegistry registry : OPEN) {
      sum = sum.plus(registry.counters(sizeClass));
    }
    return sum;
  }

  /** How many allocators have caches that may be looked at. */
  static synchronized int open() {
    return OPEN.size();
  }

  /** Adds what each cache has done so far, by its address. */
  static synchronized void operations(Map<Long, Long> byCache) {
    for (CacheRegistry registry : OPEN) {
      registry.operations(byCache);
    }
  }
}
