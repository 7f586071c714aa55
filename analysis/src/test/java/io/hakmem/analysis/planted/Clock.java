package io.hakmem.analysis.planted;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.LongAdder;

/** CPU time of the parts of a program by the system's clock of each thread. Thread-safe. */
final class Clock {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final Map<String, LongAdder> parts = new ConcurrentSkipListMap<>();
  private final Map<String, Long> least = new ConcurrentSkipListMap<>();
  private final LongAdder threads = new LongAdder();

  /** A part of a program, of some milliseconds of CPU time at most. */
  interface Work {
    void some() throws Exception;
  }

  static long cpu() {
    return THREADS.getCurrentThreadCpuTime();
  }

  void time(String part, Work work) throws Exception {
    long before = cpu();
    work.some();
    add(part, cpu() - before);
  }

  /** Also keeps the least that the part ever took at a time, as on a machine without other load. */
  void timeLeast(String part, Work work) throws Exception {
    long before = nanos(part);
    time(part, work);
    least.merge(part + "-least", nanos(part) - before, Math::min);
  }

  void add(String part, long nanos) {
    parts.computeIfAbsent(part, name -> new LongAdder()).add(nanos);
  }

  long nanos(String part) {
    LongAdder sum = parts.get(part);
    return sum == null ? 0 : sum.sum();
  }

  /** Counts all that the current thread has used since it began; once, at its end. */
  void endOfThread() {
    threads.add(cpu());
  }

  /**
   * A line for each part, {@code part NAME NANOS}, the last for all threads that said their end.
   */
  void print() {
    parts.forEach((part, sum) -> System.out.println("part " + part + " " + sum.sum()));
    least.forEach((part, nanos) -> System.out.println("part " + part + " " + nanos));
    System.out.println("part threads " + threads.sum());
  }
}
