package io.hakmem.agent;

import org.jspecify.annotations.Nullable;

/**
 * What the agent was asked to do: {@code push=PATH[,verbose=true][,enabled=false]}.
 *
 * @param push the path to put in place; null only where {@code enabled} is false
 * @param enabled false leaves the allocator alone, or undoes an earlier swap
 * @param verbose one line on stderr for what succeeded too
 */
record AgentOptions(@Nullable PushPath push, boolean enabled, boolean verbose) {

  /** Arguments that make no sense; the message says what would. */
  static final class InvalidException extends Exception {
    private static final long serialVersionUID = 1;

    InvalidException(String problem) {
      super(
          problem
              + "; valid: push="
              + PushPath.alternatives()
              + ", verbose=true|false, enabled=true|false");
    }
  }

  /**
   * Reads the text after the agent jar's {@code =}; of a key that is given twice the last one wins.
   */
  static AgentOptions parse(@Nullable String arguments) throws InvalidException {
    PushPath push = null;
    boolean enabled = true;
    boolean verbose = false;
    for (String argument : arguments == null ? new String[0] : arguments.split(",", -1)) {
      int equals = argument.indexOf('=');
      String key = (equals < 0 ? argument : argument.substring(0, equals)).strip();
      String value = (equals < 0 ? "" : argument.substring(equals + 1)).strip();
      switch (key) {
        case "push" -> push = path(value);
        case "enabled" -> enabled = truth(key, value);
        case "verbose" -> verbose = truth(key, value);
        default -> throw new InvalidException("unknown option '" + key + "'");
      }
    }
    if (enabled && push == null) {
      throw new InvalidException("option 'push' is missing");
    }
    return new AgentOptions(push, enabled, verbose);
  }

  private static PushPath path(String value) throws InvalidException {
    PushPath path = PushPath.named(value);
    if (path == null) {
      throw new InvalidException("unknown push path '" + value + "'");
    }
    return path;
  }

  private static boolean truth(String key, String value) throws InvalidException {
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new InvalidException("'" + key + "' is true or false, not '" + value + "'");
    };
  }

  /** The options in the form in which they are given. */
  String text() {
    return (push == null ? "" : "push=" + push.pathName() + ",")
        + "verbose="
        + verbose
        + ",enabled="
        + enabled;
  }
}
