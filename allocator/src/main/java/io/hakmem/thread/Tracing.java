package io.hakmem.thread;

import static io.hakmem.config.BlockLayout.ADDRESS_MASK;
import static io.hakmem.config.BlockLayout.CLASS_MASK;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.memory.RawMemory.getInt;
import static io.hakmem.memory.RawMemory.getLong;
import static io.hakmem.memory.RawMemory.putInt;
import static io.hakmem.memory.RawMemory.putLong;

import io.hakmem.config.SizeClasses;
import io.hakmem.event.Events;
import io.hakmem.event.Sources;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes down every operation while somebody records {@code io.hakmem.OperationTrace}.
 *
 * <p>A cache that is traced is granted nothing, so that each operation comes to the slow half,
 * which appends it to the cache's buffer. A cache joins at its first visit of the slow half. Its
 * word {@link CacheLayout#TRACE} is the address of its buffer, or 0. Methods that take a cache are
 * for its owner.
 */
final class Tracing {

  /** The operations of one cache. */
  private static final class Stream {
    /** What the owner appends to; only the owner changes it. */
    volatile TraceBuffer current;

    Stream(TraceBuffer first) {
      current = first;
    }
  }

  /** By cache. */
  private static final Map<Long, Stream> STREAMS = new ConcurrentHashMap<>();

  /** Operations of the caches when the trace began, for those that have not joined since. */
  private static final Map<Long, Long> BEFORE = new ConcurrentHashMap<>();

  /** Instead of a size class: nothing that may be sampled. */
  private static final int NO_HIT = -1;

  private static volatile boolean active;

  /** Those that ran at the latest end of a chunk; guarded by the class. */
  private static Set<Long> recordings = Set.of();

  private Tracing() {}

  static {
    Sources.trace(Tracing::writeAll);
  }

  static boolean isOn(long cache) {
    return getLong(cache + CacheLayout.TRACE) != 0;
  }

  /** From now on every operation of a cache comes to the slow half, if it does not yet. */
  static void join(long cache) {
    if (isOn(cache)) {
      return;
    }
    long booked = operations(cache);
    book(cache);
    long done = operations(cache);
    TraceBuffer buffer = TraceWriter.unused();
    Thread thread = Thread.currentThread();
    boolean shared = Accounts.owner(cache) == 0;
    buffer.begin(thread, shared, lost(cache, booked, done));
    putInt(buffer.memory() + TraceCode.SAMPLE_AT, 1);
    putInt(buffer.memory() + TraceCode.INTERVAL, Events.NO_SAMPLING);
    STREAMS.put(cache, new Stream(buffer));
    putLong(cache + CacheLayout.TRACE, buffer.memory());
  }

  /** Books what the cache did, and makes all that it does come to the slow half. */
  private static void book(long cache) {
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      Accounts.settle(cache, sizeClass);
      Sampling.everyOperation(cache, sizeClass);
    }
  }

  /** All that a cache ever did, as far as it is booked. */
  private static long operations(long cache) {
    long operations = 0;
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      operations += Accounts.operations(cache, sizeClass);
    }
    return operations;
  }

  /**
   * Operations that a cache has served since the trace began, before it joined. Who joins before
   * that was noted counts what its last grants were used for: so many at most.
   */
  private static long lost(long cache, long booked, long done) {
    Long before = BEFORE.remove(cache);
    return done - (before == null ? booked : before);
  }

  /**
   * Notes what the caches have done so far: they join later, with grants that they hold now.
   *
   * @param running the recordings
   * @return whether one of them has begun, which may be another one than the trace began with
   */
  private static synchronized boolean begin(Set<Long> running) {
    // The first time nobody can have begun to trace before.
    boolean begun = !recordings.isEmpty() && !recordings.containsAll(running);
    if (Collections.disjoint(recordings, running)) {
      // Nobody may have noticed that the trace before has ended.
      active = false;
    }
    recordings = running;
    if (!active) {
      active = true;
      noteOperations();
    }
    return begun;
  }

  private static void noteOperations() {
    BEFORE.clear();
    Registries.operations(BEFORE);
  }

  /** Lets a cache work as usual again; what was not written came after the trace's end. */
  static void leave(long cache) {
    active = false;
    putLong(cache + CacheLayout.TRACE, 0);
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      Accounts.settle(cache, sizeClass);
      Sampling.initialize(cache, sizeClass);
    }
    Stream stream = STREAMS.remove(cache);
    if (stream != null) {
      TraceWriter.drop(stream.current);
    }
  }

  /** A cache has no owner any more; {@link TraceWriter#relieve} has to follow, without a lock. */
  static void orphan(long cache) {
    BEFORE.remove(cache);
    Stream stream = STREAMS.get(cache);
    if (stream != null) {
      putLong(cache + CacheLayout.TRACE, 0);
      // In this order, as in turn(): whoever looks here and then there misses none.
      TraceWriter.add(stream.current);
      STREAMS.remove(cache);
    }
  }

  /**
   * Writes all that is there, so that the chunk that ends now has everything until now. Where a
   * recording begins, each stream notes how far it is: what came before is in no chunk of that one.
   */
  private static void writeAll() {
    // In this order: JFR's thread comes here with the lock that the first takes.
    Set<Long> running = Sources.runningRecordings();
    boolean begun = begin(running);
    STREAMS.values().forEach(begun ? Tracing::anchor : stream -> stream.current.flush());
    TraceWriter.writeAll();
  }

  private static void anchor(Stream stream) {
    TraceBuffer anchored;
    do {
      anchored = stream.current;
      anchored.anchor();
      // The owner may have gone on in another one, and this one have become another stream's.
    } while (stream.current != anchored);
  }

  /**
   * Serves an allocate of a traced cache. This and {@link #free} are all that most traced
   * operations need of the slow half; whether the trace goes on is looked after now and then.
   *
   * @return 0 if it is not traced, if the list is empty, or where the path has to check first
   */
  static long allocate(long cache, int sizeClass, long requested) {
    // What a path that checks holds back counts as cached, but is not on the list.
    if (!isOn(cache) || FreePath.checks()) {
      return 0;
    }
    // The masks here change nothing, but let the compiler drop the bounds checks behind them.
    long mine = cache & ADDRESS_MASK;
    int masked = sizeClass & CLASS_MASK;
    long user = Accounts.popOne(mine, masked, requested);
    if (user != 0) {
      allocated(mine, masked, user, requested, true);
    }
    return user;
  }

  /**
   * Serves a free into a traced cache.
   *
   * @return false if it is not traced, if the list is full, or where the path has to check first
   */
  static boolean free(long cache, int sizeClass, long base) {
    if (!isOn(cache) || FreePath.checks()) {
      return false;
    }
    long mine = cache & ADDRESS_MASK;
    int masked = sizeClass & CLASS_MASK;
    int result = Accounts.pushOne(mine, masked, base & ADDRESS_MASK);
    if (result == Accounts.PUSHED) {
      freed(mine, masked, base + HEADER_BYTES, true);
    }
    return result != Accounts.FULL;
  }

  /** A cache has allocated; {@code hit} if its list had the block. */
  static void allocated(long cache, int sizeClass, long user, long requested, boolean hit) {
    long buffer = buffer(cache);
    if (TraceCode.allocated(buffer, sizeClass, user, requested)) {
      dueSlow(cache, buffer, hit ? sizeClass : NO_HIT, "allocate", requested);
    }
  }

  /** A cache has freed; {@code hit} if its list took the block. */
  static void freed(long cache, int sizeClass, long user, boolean hit) {
    long buffer = buffer(cache);
    if (TraceCode.freed(buffer, sizeClass, user)) {
      dueSlow(cache, buffer, hit ? sizeClass : NO_HIT, "free", -1);
    }
  }

  /** Adds what passed by the caches to the trace of one. */
  static void trace(long cache, LongConsumer record) {
    if (!isOn(cache)) {
      join(cache);
    }
    record.accept(cache);
  }

  /** A number that is another one after each operation of a traced cache. */
  static long mark(long cache) {
    long buffer = getLong(cache + CacheLayout.TRACE);
    return buffer + getInt(buffer + TraceCode.OPERATIONS);
  }

  static void largeAllocated(long cache, long user, long size) {
    long buffer = buffer(cache);
    if (TraceCode.largeAllocated(buffer, user, size)) {
      dueSlow(cache, buffer, NO_HIT, "", -1);
    }
  }

  static void largeFreed(long cache, long user) {
    long buffer = buffer(cache);
    if (TraceCode.largeFreed(buffer, user)) {
      dueSlow(cache, buffer, NO_HIT, "", -1);
    }
  }

  static void aligned(long cache, long block, long offset, int alignmentShift) {
    long buffer = buffer(cache);
    if (TraceCode.aligned(buffer, block, offset, alignmentShift)) {
      dueSlow(cache, buffer, NO_HIT, "", -1);
    }
  }

  private static long buffer(long cache) {
    long buffer = getLong(cache + CacheLayout.TRACE) & ADDRESS_MASK;
    // In a shared cache, which nobody owns, the operations of several threads follow each other.
    if (getLong(cache + CacheLayout.OWNER) == 0) {
      switchTo(buffer, Thread.currentThread().threadId());
    }
    return buffer;
  }

  private static void switchTo(long buffer, long thread) {
    if (getLong(buffer + TraceCode.THREAD) != thread) {
      TraceCode.switched(buffer, thread);
    }
  }

  /** The clock is to be read, a hit to be sampled, or the buffer to be written. */
  private static void dueSlow(
      long cache, long buffer, int hitClass, String operation, long requested) {
    boolean full = TraceCode.isFull(buffer);
    if (full || TraceCode.isStampDue(buffer)) {
      if (!Events.tracing()) {
        leave(cache);
        return;
      }
      TraceCode.stamp(buffer, Events.stampInterval());
    }
    boolean sampled = TraceCode.isSampleDue(buffer);
    long now = full ? turn(cache, buffer) : buffer;
    if (sampled) {
      Sampling.traced(cache, now, hitClass != NO_HIT, hitClass, operation, requested);
    }
    TraceCode.schedule(now);
  }

  /**
   * Goes on in another buffer, or in the same where the writer has enough to do.
   *
   * @return where the next operation goes
   */
  private static long turn(long cache, long buffer) {
    book(cache);
    @Nullable Stream stream = STREAMS.get(cache);
    if (stream == null) {
      return buffer;
    }
    TraceBuffer full = stream.current;
    TraceBuffer next = TraceWriter.spare();
    if (next == null) {
      full.turn();
      return buffer;
    }
    next.follow(full);
    TraceWriter.add(full);
    stream.current = next;
    putLong(cache + CacheLayout.TRACE, next.memory());
    return next.memory();
  }
}
