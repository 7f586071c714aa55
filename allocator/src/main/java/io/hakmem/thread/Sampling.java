package io.hakmem.thread;

import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLong;

import io.hakmem.config.SizeClasses;
import io.hakmem.event.Events;

/**
 * Picks the hits that become events.
 *
 * <p>The gaps between samples are drawn from the geometric distribution, so every hit has the same
 * chance of 1/interval whatever the program's rhythm, and a sample stands for {@code interval} hits
 * without bias. Each thread, class and operation has a countdown of its own; it is merged into the
 * grants of {@link Accounts}, so the fast path pays nothing for it.
 */
final class Sampling {

  /** A countdown that never ends, for when nobody records. */
  private static final int NEVER = Integer.MAX_VALUE;

  /** Hits of a traced cache from one look at the sampling interval to the next. */
  private static final int UNSAMPLED_GAP = 1024;

  private Sampling() {}

  static void initialize(long cache, int sizeClass) {
    long cold = CacheLayout.cold(cache, sizeClass);
    putInt(cold + CacheLayout.INTERVAL, Events.NO_SAMPLING);
    putInt(cold + CacheLayout.ALLOCATES_TO_SAMPLE, NEVER);
    putInt(cold + CacheLayout.FREES_TO_SAMPLE, NEVER);
  }

  /** What {@link Events#sampling} said when the countdowns were drawn. */
  static int interval(long cache, int sizeClass) {
    return getInt(CacheLayout.cold(cache, sizeClass) + CacheLayout.INTERVAL);
  }

  /** Makes every operation come to the slow half, for the trace. */
  static void everyOperation(long cache, int sizeClass) {
    long cold = CacheLayout.cold(cache, sizeClass);
    putInt(cold + CacheLayout.INTERVAL, Events.TRACING);
    putInt(cold + CacheLayout.ALLOCATES_TO_SAMPLE, 1);
    putInt(cold + CacheLayout.FREES_TO_SAMPLE, 1);
  }

  /**
   * A traced operation is due to be sampled. One that was no hit is passed over, not put off: what
   * follows a fallback would be drawn more often than the rest.
   */
  static void traced(
      long cache, long buffer, boolean hit, int sizeClass, String operation, long requested) {
    int interval = Events.fastPathInterval();
    int drawn = getInt(buffer + TraceCode.INTERVAL);
    putInt(buffer + TraceCode.INTERVAL, interval);
    // While nobody samples, somebody may begin to: looked after now and then.
    int gap = interval == Events.NO_SAMPLING ? UNSAMPLED_GAP : gap(cache, interval);
    int operations = getInt(buffer + TraceCode.OPERATIONS);
    putInt(buffer + TraceCode.SAMPLE_AT, Math.min(operations, NEVER - gap) + gap);
    if (hit && drawn != Events.NO_SAMPLING) {
      hit(operation, sizeClass, requested, drawn);
    }
  }

  private static void hit(String operation, int sizeClass, long requested, int interval) {
    Events.fastPathHit(
        operation,
        sizeClass,
        SizeClasses.stride(sizeClass),
        requested,
        FreePaths.live().path(),
        interval);
  }

  /** The slow half has just allocated; a fallback is no hit and does not count. */
  static void allocated(long cache, int sizeClass, boolean hit, long requested) {
    counted(cache, sizeClass, CacheLayout.ALLOCATES_TO_SAMPLE, hit, "allocate", requested);
  }

  /** The slow half has just freed; a fallback is no hit and does not count. */
  static void freed(long cache, int sizeClass, boolean hit) {
    counted(cache, sizeClass, CacheLayout.FREES_TO_SAMPLE, hit, "free", -1);
  }

  private static void counted(
      long cache, int sizeClass, int countdown, boolean hit, String operation, long requested) {
    long cold = CacheLayout.cold(cache, sizeClass);
    if (Tracing.isOn(cache)) {
      if (Events.tracing()) {
        everyOperation(cache, sizeClass);
        return;
      }
      Tracing.leave(cache);
    }
    int interval = Events.fastPathInterval();
    int drawn = getInt(cold + CacheLayout.INTERVAL);
    boolean due = hit && getInt(cold + countdown) <= 0;
    if (interval != drawn) {
      putInt(cold + CacheLayout.INTERVAL, interval);
      putInt(cold + CacheLayout.ALLOCATES_TO_SAMPLE, gap(cache, interval));
      putInt(cold + CacheLayout.FREES_TO_SAMPLE, gap(cache, interval));
    } else if (!hit) {
      // Settling counted the fallback; where a push was refused it did not, hence the bound.
      putInt(cold + countdown, Math.min(getInt(cold + countdown), NEVER - 1) + 1);
    } else if (due) {
      putInt(cold + countdown, gap(cache, interval));
    }
    // It has the weight of the interval that it was drawn for, whatever is in force by now.
    if (due && drawn != Events.NO_SAMPLING) {
      hit(operation, sizeClass, requested, drawn);
    }
  }

  /** Hits up to and including the next one to sample. */
  static int gap(long cache, int interval) {
    if (interval == Events.NO_SAMPLING) {
      return NEVER;
    }
    if (interval == 1) {
      return 1;
    }
    double uniform = ((nextRandom(cache) >>> 11) + 0.5) * 0x1p-53;
    double gap = 1 + Math.floor(Math.log(uniform) / Math.log1p(-1.0 / interval));
    return (int) Math.min(gap, NEVER);
  }

  /** The xorshift64* generator; its state is in the cache. */
  private static long nextRandom(long cache) {
    long x = getLong(cache + CacheLayout.RANDOM);
    x ^= x >>> 12;
    x ^= x << 25;
    x ^= x >>> 27;
    putLong(cache + CacheLayout.RANDOM, x);
    return x * 0x2545F4914F6CDD1DL;
  }
}
