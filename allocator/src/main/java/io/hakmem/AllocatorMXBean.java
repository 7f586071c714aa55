package io.hakmem;

import java.util.List;

/**
 * The numbers of an allocator for JConsole, JMC and other JMX clients; all sizes are bytes. Memory
 * from {@code java.lang.foreign} is in no {@code BufferPoolMXBean}, so this is where it shows.
 *
 * <p>Its name is {@code io.hakmem:type=Allocator,name=…}. Each attribute is read anew: for numbers
 * that belong to one moment read {@link #getStatistics}.
 */
public interface AllocatorMXBean {

  /** The options as {@code name=value}. */
  List<String> getOptions();

  /** The push path that is live. */
  String getFreePath();

  /** Most bytes that may be reserved, -1 for no limit. */
  long getLimitBytes();

  /** Address space from the operating system. */
  long getReservedBytes();

  /** The part of it that may be in memory. */
  long getCommittedBytes();

  /** The most that was ever committed. */
  long getPeakBytes();

  /** In blocks that users hold, headers and rounding included. */
  long getInUseBytes();

  /** In free blocks at hand, cached by threads or in central lists. */
  long getCachedBytes();

  /** Every number that there is. */
  AllocatorStatistics getStatistics();

  /** The same as a printable table. */
  String getTable();

  /** See {@link Hakmem#trim}. */
  void trim();
}
