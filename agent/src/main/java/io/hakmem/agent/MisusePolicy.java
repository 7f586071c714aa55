package io.hakmem.agent;

import org.jspecify.annotations.Nullable;

/**
 * Hands the policy of invalid frees to the allocator: as the system property that the allocator
 * reads when it starts, and again whenever a path is installed. Thread-safe.
 */
final class MisusePolicy {

  /** What the agent wrote last, and what was there before it wrote for the first time. */
  private record Written(String value, @Nullable String original) {}

  private static @Nullable Written written;

  private MisusePolicy() {}

  /** Writes what the agent's arguments ask for; null leaves the policy as it is. */
  static synchronized void set(@Nullable String policy) {
    if (policy != null) {
      String property = AgentOption.ON_INVALID.property();
      String original = written == null ? System.getProperty(property) : written.original();
      written = new Written(policy, original);
      System.setProperty(property, policy);
    }
  }

  /** What the arguments of this load or of an earlier one ask for, null for nothing. */
  static synchronized @Nullable String asked() {
    return written == null ? null : written.value();
  }

  /** Whether it is the agent that gave the property this value. */
  static synchronized boolean isOurs(String value) {
    return written != null && written.value().equals(value);
  }

  /** Gives the property back the value that it had before the agent came. */
  static synchronized void restore() {
    if (written != null) {
      String original = written.original();
      String property = AgentOption.ON_INVALID.property();
      if (original == null) {
        System.clearProperty(property);
      } else {
        System.setProperty(property, original);
      }
      written = null;
    }
  }
}
