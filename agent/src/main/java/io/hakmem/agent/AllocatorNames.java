package io.hakmem.agent;

/**
 * Every name of the allocator that the agent knows.
 *
 * <p>Names only: the agent must not load the allocator, which may be absent, or live in any class
 * loader, or in several. A test compares them with the allocator itself.
 */
final class AllocatorNames {

  /** The class whose {@link #PUSH} method is swapped. */
  static final String SEAM = "io.hakmem.thread.FreePath";

  /** The same as the JVM spells it. */
  static final String SEAM_INTERNAL = "io/hakmem/thread/FreePath";

  /** The method of the seam, and of every class that can take its place: (cache, class, base). */
  static final String PUSH = "push";

  /** Its parameters (long, int, long) and result (boolean) as a class file spells them. */
  static final String PUSH_DESCRIPTOR = "(JIJ)Z";

  /** Knows which path is live. */
  static final String PATHS = "io.hakmem.thread.FreePaths";

  /** Its method that probes the seam after a change: (path, by), returns what it saw. */
  static final String INSTALL = "install";

  /** Tells an allocator that starts later which path to expect. */
  static final String ANNOUNCED_PATH_PROPERTY = "hakmem.agent.push";

  private AllocatorNames() {}
}
