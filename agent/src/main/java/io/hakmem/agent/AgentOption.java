package io.hakmem.agent;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the agent can be told, in the order in which it is listed. */
enum AgentOption {
  /** The path that every free of a block of a size class takes. */
  PUSH("push", PushPath.alternatives(), null),

  /** One line on stderr for what succeeded, too. */
  VERBOSE("verbose", "true|false", "false"),

  /** False leaves the allocator alone, or undoes an earlier swap. */
  ENABLED("enabled", "true|false", "true"),

  /** What the allocator does about an invalid free; the allocator reads the same property. */
  ON_INVALID("onInvalid", "throw|report|halt", "throw");

  private final String key;
  private final String alternatives;
  private final @Nullable String fallback;

  AgentOption(String key, String alternatives, @Nullable String fallback) {
    this.key = key;
    this.alternatives = alternatives;
    this.fallback = fallback;
  }

  /** Name in the agent's arguments. */
  String key() {
    return key;
  }

  String property() {
    return "hakmem." + key;
  }

  /** Name of the environment variable, made by the allocator's rule for its own options. */
  String environment() {
    return "HAKMEM_" + key.toUpperCase(Locale.ROOT);
  }

  /** The value that it has if nobody says anything, null for none. */
  @Nullable String fallback() {
    return fallback;
  }

  boolean allows(String value) {
    return !value.isEmpty()
        && value.indexOf('|') < 0
        && ("|" + alternatives + "|").contains("|" + value + "|");
  }

  static @Nullable AgentOption named(String key) {
    for (AgentOption option : values()) {
      if (option.key.equals(key)) {
        return option;
      }
    }
    return null;
  }

  /** All options with their values, for a message. */
  static String valid() {
    StringBuilder all = new StringBuilder();
    for (AgentOption option : values()) {
      all.append(all.isEmpty() ? "" : ", ").append(option.key).append('=');
      all.append(option.alternatives);
    }
    return all.toString();
  }
}
