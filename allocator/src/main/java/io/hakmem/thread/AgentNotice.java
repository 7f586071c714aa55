package io.hakmem.thread;

/**
 * Tells the agent what the probe saw, so that the agent can say on stderr when a swap did not work.
 *
 * <p>By name and through the system class loader, where every agent is: the allocator must run
 * without one, and may itself be in a class loader that the agent cannot see.
 */
final class AgentNotice {

  static final String RECEIVER = "io.hakmem.agent.Proof";
  static final String METHOD = "probed";

  private AgentNotice() {}

  static void probed(String expected, String observed) {
    try {
      Class.forName(RECEIVER, true, ClassLoader.getSystemClassLoader())
          .getMethod(METHOD, String.class, String.class)
          .invoke(null, expected, observed);
    } catch (ReflectiveOperationException | LinkageError e) {
      // Nobody to tell: a path may be announced without the agent, by a property alone.
    }
  }
}
