package io.hakmem.thread;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Runs code on threads of its own and hands on what they throw. */
public final class Tasks {

  /** What a task may do; it may throw anything. */
  @FunctionalInterface
  public interface Task {
    void run() throws Exception;
  }

  private Tasks() {}

  /**
   * Runs a task on a new platform thread, whose cache is therefore empty, and waits for its end.
   */
  public static void onFreshThread(Task task) throws InterruptedException {
    together(Thread.ofPlatform().daemon().factory(), List.of(task));
  }

  /** Runs all tasks at once on new platform threads and waits for all. */
  public static void together(List<Task> tasks) throws InterruptedException {
    together(Thread.ofPlatform().daemon().factory(), tasks);
  }

  /** Runs all tasks at once, each on a thread of its own; the first failure interrupts the rest. */
  public static void together(ThreadFactory factory, List<Task> tasks) throws InterruptedException {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    List<Thread> threads = new ArrayList<>();
    for (Task task : tasks) {
      threads.add(
          factory.newThread(
              () -> {
                try {
                  task.run();
                } catch (Throwable e) {
                  if (failure.compareAndSet(null, e)) {
                    threads.forEach(Thread::interrupt);
                  }
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    if (failure.get() != null) {
      throw new AssertionError("a thread failed: " + failure.get(), failure.get());
    }
  }
}
