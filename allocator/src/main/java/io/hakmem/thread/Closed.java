package io.hakmem.thread;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Allocators that were closed while misuse was looked for, by their ids, of those that were closed
 * last: late frees come soon, and the others' are still refused, as foreign. Thread-safe.
 */
public final class Closed {

  static final int MAX_KNOWN = 4096;

  private static final Set<Integer> OWNERS = ConcurrentHashMap.newKeySet();
  private static final Queue<Integer> IN_ORDER = new ArrayDeque<>();

  private Closed() {}

  public static synchronized void add(int owner) {
    OWNERS.add(owner);
    IN_ORDER.add(owner);
    if (IN_ORDER.size() > MAX_KNOWN) {
      OWNERS.remove(IN_ORDER.remove());
    }
  }

  static boolean contains(int owner) {
    return OWNERS.contains(owner);
  }
}
