package io.hakmem.agent;

/**
 * Every name of the allocator that the agent knows.
 *
 * <p>Names only: the agent must not load the allocator, which may be absent, or live in any class
 * loader, or in several. A test compares them with the allocator itself.
 */
final class AllocatorNames {

  /** The class whose calls of a path's methods are redirected to another path, all at once. */
  static final String SEAM = "io.hakmem.thread.FreePath";

  /** The same as the JVM spells it. */
  static final String SEAM_INTERNAL = "io/hakmem/thread/FreePath";

  /**
   * The method that a seam has at least: (cache, class, base), returns boolean, as a class file
   * spells it.
   */
  static final String PUSH = "push(JIJ)Z";

  /** Knows which path is live. */
  static final String PATHS = "io.hakmem.thread.FreePaths";

  /** Its method that probes the seam after a change: (path, by), returns what it saw. */
  static final String INSTALL = "install";

  /** Tells an allocator that starts later which path to expect. */
  static final String ANNOUNCED_PATH_PROPERTY = "hakmem.agent.push";

  /** Where the allocator says what it does about an invalid free. */
  static final String LIVE_POLICY_PROPERTY = "hakmem.live.onInvalid";

  private AllocatorNames() {}
}
