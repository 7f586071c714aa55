package io.hakmem.thread;

/**
 * Exact counters of one size class, of one cache or summed over many.
 *
 * @param pops blocks taken off a list
 * @param pushes blocks put on a list by a free
 * @param refills allocations that found the list empty or short and fetched a batch
 * @param rejections frees that found the list full
 * @param refilled blocks that refills brought
 * @param spilled blocks that went to the central list
 * @param capacity blocks that the lists may hold
 */
public record ClassCounters(
    long pops,
    long pushes,
    long refills,
    long rejections,
    long refilled,
    long spilled,
    long capacity) {

  public static final ClassCounters ZERO = new ClassCounters(0, 0, 0, 0, 0, 0, 0);

  /** Blocks on the lists. */
  public long cached() {
    return refilled + pushes - pops - spilled;
  }

  /** Allocations that were served at once. */
  public long allocateHits() {
    return pops - refills;
  }

  /** Frees that were taken at once. */
  public long freeHits() {
    return pushes - rejections;
  }

  /** Blocks of the class that left the central store and have not come back. */
  public long inUse() {
    return pops - pushes;
  }

  ClassCounters plus(ClassCounters other) {
    return new ClassCounters(
        pops + other.pops,
        pushes + other.pushes,
        refills + other.refills,
        rejections + other.rejections,
        refilled + other.refilled,
        spilled + other.spilled,
        capacity + other.capacity);
  }

  /** As of lists that are gone. */
  ClassCounters withoutBlocks() {
    return new ClassCounters(pops, pushes, refills, rejections, refilled, spilled + cached(), 0);
  }

  ClassCounters withoutCapacity() {
    return new ClassCounters(pops, pushes, refills, rejections, refilled, spilled, 0);
  }
}
