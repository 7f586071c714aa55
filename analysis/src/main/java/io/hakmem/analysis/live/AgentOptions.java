package io.hakmem.analysis.live;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is asked of the agent. Checked here, before anything is loaded into a JVM that may matter; a
 * test holds the table against the agent itself.
 *
 * @param text as the agent takes it
 * @param expected the path that has to be live afterwards
 */
public record AgentOptions(String text, String expected) {

  /** The path of the original byte code, which {@code enabled=false} gives back. */
  private static final String ORIGINAL = "direct";

  private static final String PUSH = "push";
  private static final List<String> TRUTH = List.of("true", "false");
  private static final Map<String, List<String>> VALUES =
      Map.of(
          PUSH,
          List.of(ORIGINAL, "guarded", "checked", "checked-scan"),
          "verbose",
          TRUTH,
          "enabled",
          TRUTH,
          "onInvalid",
          List.of("throw", "report", "halt"));

  /** All that is possible, in one line. */
  public static final String VALID =
      "push=direct|guarded|checked|checked-scan, verbose=true|false, enabled=true|false,"
          + " onInvalid=throw|report|halt";

  /**
   * Reads {@code key=value,…}.
   *
   * @throws IllegalArgumentException whose message names what is wrong and what is valid
   */
  public static AgentOptions parse(String text) {
    String push = null;
    boolean enabled = true;
    for (String argument : text.split(",", -1)) {
      String[] parts = argument.strip().split("=", 2);
      String value = parts.length == 2 ? parts[1] : "";
      List<String> values = VALUES.get(parts[0]);
      require(values != null, "unknown option '" + parts[0] + "'");
      require(
          values != null && values.contains(value),
          "'" + value + "' is no value of option '" + parts[0] + "'");
      if (parts[0].equals(PUSH)) {
        push = value;
      } else if (parts[0].equals("enabled")) {
        enabled = Boolean.parseBoolean(value);
      }
    }
    return new AgentOptions(text, expected(push, enabled));
  }

  private static String expected(@Nullable String push, boolean enabled) {
    if (!enabled) {
      return ORIGINAL;
    }
    require(push != null, "option 'push' is missing");
    return push == null ? ORIGINAL : push;
  }

  private static void require(boolean holds, String problem) {
    if (!holds) {
      throw new IllegalArgumentException(problem + "; valid: " + VALID);
    }
  }
}
