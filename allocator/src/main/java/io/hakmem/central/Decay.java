package io.hakmem.central;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Gives memory back that has been free for a while. Thread-safe.
 *
 * <p>One daemon thread serves all allocators of the process. It is started by the first memory that
 * is freed to a central list and sleeps while there is none: programs that keep what they have
 * never wake it.
 */
final class Decay {

  /** Looks in this many steps a decay time: memory waits at least one and at most two of them. */
  private static final int STEPS = 4;

  private static final List<WeakReference<Decay>> KNOWN = new ArrayList<>();
  private static @Nullable Thread thread;

  private final CentralStore store;
  private final long stepNanos;
  private final boolean off;
  private boolean known;

  /** Whether the thread has to look here again. */
  private volatile boolean active;

  private volatile boolean closed;

  Decay(CentralStore store, long decayMillis) {
    this.store = store;
    this.off = decayMillis < 0;
    this.stepNanos = Math.max(1, TimeUnit.MILLISECONDS.toNanos(decayMillis) / STEPS);
  }

  /** A volatile read where the thread is awake already. */
  void somethingFreed() {
    if (!active && !off) {
      wake();
    }
  }

  private void wake() {
    synchronized (KNOWN) {
      if (!known) {
        known = true;
        KNOWN.removeIf(entry -> entry.refersTo(null));
        KNOWN.add(new WeakReference<>(this));
      }
      active = true;
      if (thread == null) {
        thread = unstarted();
        thread.start();
      } else {
        LockSupport.unpark(thread);
      }
    }
  }

  /** Holds nothing of the thread that happens to free first: it may belong to a container. */
  private static Thread unstarted() {
    Thread unstarted =
        Thread.ofPlatform()
            .daemon()
            .name("hakmem-decay")
            .inheritInheritableThreadLocals(false)
            .unstarted(Decay::run);
    unstarted.setContextClassLoader(null);
    return unstarted;
  }

  /** Waits for a step under way to end; none begins after. */
  void close() {
    closed = true;
    synchronized (this) {
      active = false;
    }
  }

  private static void run() {
    while (true) {
      long pause = stepAll();
      if (pause == Long.MAX_VALUE) {
        LockSupport.park(KNOWN);
      } else {
        LockSupport.parkNanos(KNOWN, pause);
      }
    }
  }

  /** One step of each; returns the time to the next. */
  private static long stepAll() {
    List<WeakReference<Decay>> now;
    synchronized (KNOWN) {
      now = List.copyOf(KNOWN);
    }
    long pause = Long.MAX_VALUE;
    for (WeakReference<Decay> entry : now) {
      Decay decay = entry.get();
      if (decay != null && decay.active) {
        decay.step();
        pause = decay.active ? Math.min(pause, decay.stepNanos) : pause;
      }
    }
    return pause;
  }

  /** What is freed meanwhile makes it active again, so nothing is forgotten. */
  private synchronized void step() {
    active = false;
    if (!closed && store.reclaim(false)) {
      active = true;
    }
  }
}
