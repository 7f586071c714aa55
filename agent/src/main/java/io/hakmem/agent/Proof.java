package io.hakmem.agent;

/**
 * Hears what the allocator's probe saw after a swap. Thread-safe.
 *
 * <p>The allocator calls it by name through the system class loader, which always finds the agent,
 * while the agent could not find the allocator: it may be in any class loader, and starts when it
 * likes.
 */
public final class Proof {

  private static volatile boolean verbose;

  private Proof() {}

  static void verbose(boolean newVerbose) {
    verbose = newVerbose;
  }

  /**
   * One line if the swap did not work, or if lines are wanted anyway.
   *
   * @param expected the path that was asked for
   * @param observed the path that the probe recognised
   */
  public static void probed(String expected, String observed) {
    if (!observed.equals(expected)) {
      Console.problem("asked for push=" + expected + ", but a probe observes push=" + observed);
    } else if (verbose) {
      Console.say("push=" + expected + " is live, a probe has proven it");
    }
    String policy = MisusePolicy.asked();
    String live = System.getProperty(AllocatorNames.LIVE_POLICY_PROPERTY);
    if (policy != null && !policy.equals(live)) {
      Console.problem(
          "asked for onInvalid="
              + policy
              + ", but the allocator "
              + (live == null ? "does not say that it has policies" : "has onInvalid=" + live));
    }
  }
}
