package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hakmem.Hakmem;
import io.hakmem.config.SizeClasses;

/** The counters of all classes at one moment, and what happened since. */
public final class Balance {

  private final ClassCounters[] before = new ClassCounters[SizeClasses.COUNT];

  private Balance() {
    for (int sizeClass = 0; sizeClass < before.length; sizeClass++) {
      before[sizeClass] = Hakmem.counters(sizeClass);
    }
  }

  /** Takes the counters now; nobody allocates or frees meanwhile. */
  public static Balance now() {
    return new Balance();
  }

  /** Counters of the current thread's own cache: from zero on a fresh thread. */
  public static ClassCounters ofThisThread(int sizeClass) {
    return Accounts.read(Internals.caches().current(), sizeClass);
  }

  public long pops(int sizeClass) {
    return Hakmem.counters(sizeClass).pops() - before[sizeClass].pops();
  }

  public long pushes(int sizeClass) {
    return Hakmem.counters(sizeClass).pushes() - before[sizeClass].pushes();
  }

  public long allocateHits(int sizeClass) {
    return Hakmem.counters(sizeClass).allocateHits() - before[sizeClass].allocateHits();
  }

  public long freeHits(int sizeClass) {
    return Hakmem.counters(sizeClass).freeHits() - before[sizeClass].freeHits();
  }

  public long refills(int sizeClass) {
    return Hakmem.counters(sizeClass).refills() - before[sizeClass].refills();
  }

  public long rejections(int sizeClass) {
    return Hakmem.counters(sizeClass).rejections() - before[sizeClass].rejections();
  }

  public long allPops() {
    long sum = 0;
    for (int sizeClass = 0; sizeClass < before.length; sizeClass++) {
      sum += pops(sizeClass);
    }
    return sum;
  }

  /** Every block that was taken since has come back, in its own class, and was counted once. */
  public void assertAllReturned() {
    for (int sizeClass = 0; sizeClass < before.length; sizeClass++) {
      String name = "class " + sizeClass;
      assertEquals(pops(sizeClass), pushes(sizeClass), name);
      assertEquals(pops(sizeClass), allocateHits(sizeClass) + refills(sizeClass), name);
      assertEquals(pushes(sizeClass), freeHits(sizeClass) + rejections(sizeClass), name);
    }
  }
}
