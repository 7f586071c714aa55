package io.hakmem.thread;

import java.util.Deque;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of full buffers, so that the threads that fill them need not. Thread-safe.
 *
 * <p>One daemon thread serves all. A buffer waits in the queue until an event has been made of it,
 * not only until the writer turns to it: whoever wants all in the file that ends now, as JFR's
 * thread at the end of a chunk, looks at the queue after the owners' buffers and misses none. More
 * than {@link #MOST_WAITING} never wait: an owner that finds so many makes its event itself.
 *
 * <p>To wake a thread takes as long as to make an event. So the writer looks every millisecond
 * while there is something to do, and sleeps for good when there was nothing for a while.
 */
final class TraceWriter {

  /** Full buffers, of all threads together. */
  static final int MOST_WAITING = 64;

  private static final long NAP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private static final int NAPS_IN_VAIN = 50;

  private static final Queue<TraceBuffer> WAITING = new ConcurrentLinkedQueue<>();
  private static final AtomicInteger COUNT = new AtomicInteger();

  /** The latest comes first, since the processor's caches still have it. */
  private static final Deque<TraceBuffer> UNUSED = new ConcurrentLinkedDeque<>();

  private static volatile @Nullable Thread thread;
  private static volatile boolean asleep;

  private TraceWriter() {}

  /**
   * A buffer that nobody uses.
   *
   * @throws OutOfMemoryError when there is none and the operating system refuses
   */
  static TraceBuffer unused() {
    TraceBuffer buffer = UNUSED.pollFirst();
    return buffer != null ? buffer : new TraceBuffer();
  }

  /** Takes a buffer back whose content is written or not wanted. */
  static void drop(TraceBuffer buffer) {
    UNUSED.addFirst(buffer);
  }

  /** Another buffer for an owner whose own is full; null if it has to write that itself. */
  static @Nullable TraceBuffer spare() {
    if (COUNT.get() >= MOST_WAITING || !isRunning()) {
      return null;
    }
    try {
      return unused();
    } catch (OutOfMemoryError e) {
      // The program asked for something else, and the owner can go on without.
      return null;
    }
  }

  /** Lets a buffer be written to which nobody appends any more. */
  static void add(TraceBuffer buffer) {
    buffer.await();
    WAITING.add(buffer);
    int waiting = COUNT.incrementAndGet();
    if (asleep || waiting == MOST_WAITING / 2) {
      LockSupport.unpark(thread);
    }
  }

  /** Writes what waits beyond the bound: owners that died don't ask whether there is room. */
  static void relieve() {
    while (COUNT.get() > MOST_WAITING || (COUNT.get() > 0 && !isRunning())) {
      if (!writeFirst()) {
        return;
      }
    }
  }

  /** Makes events of all that waits now, at the latest when this returns. */
  static void writeAll() {
    WAITING.forEach(TraceBuffer::flush);
  }

  private static boolean writeFirst() {
    TraceBuffer first = WAITING.peek();
    if (first == null) {
      return false;
    }
    if (first.finish()) {
      // Not before it was written, and by the one who wrote it.
      WAITING.remove(first);
      COUNT.decrementAndGet();
      drop(first);
    } else {
      Thread.onSpinWait();
    }
    return true;
  }

  private static boolean isRunning() {
    return thread != null || start();
  }

  private static synchronized boolean start() {
    if (thread == null) {
      Thread unstarted =
          Thread.ofPlatform()
              .daemon()
              .name("hakmem-trace")
              .inheritInheritableThreadLocals(false)
              .unstarted(TraceWriter::run);
      unstarted.setContextClassLoader(null);
      try {
        unstarted.start();
      } catch (OutOfMemoryError e) {
        // The system has no thread for us: owners write themselves.
        return false;
      }
      thread = unstarted;
    }
    return true;
  }

  private static void run() {
    int inVain = 0;
    while (true) {
      if (write()) {
        inVain = 0;
      } else if (inVain < NAPS_IN_VAIN) {
        inVain++;
        LockSupport.parkNanos(WAITING, NAP_NANOS);
      } else {
        sleep();
        inVain = 0;
      }
    }
  }

  /** Until something waits. */
  private static void sleep() {
    asleep = true;
    while (WAITING.isEmpty()) {
      LockSupport.park(WAITING);
    }
    asleep = false;
  }

  /**
   * @return whether something waited
   */
  private static boolean write() {
    try {
      boolean some = false;
      while (writeFirst()) {
        some = true;
      }
      return some;
    } catch (OutOfMemoryError e) {
      // The heap is full. What waits goes on waiting: it is tried again after a nap.
      return false;
    }
  }
}
