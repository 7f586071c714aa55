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

  /** A line for each part, {@code part NAME NANOS}, and one for all threads that said their end. */
  void print() {
    parts.forEach((part, sum) -> System.out.println("part " + part + " " + sum.sum()));
    System.out.println("threads " + threads.sum());
  }
}
