package io.hakmem.thread;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Allocators that were closed while misuse was looked for, by their ids. Thread-safe. */
public final class Closed {

  private static final Set<Integer> OWNERS = ConcurrentHashMap.newKeySet();

  private Closed() {}

  public static void add(int owner) {
    OWNERS.add(owner);
  }

  static boolean contains(int owner) {
    return OWNERS.contains(owner);
  }
}
