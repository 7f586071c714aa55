package io.hakmem.analysis.live;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * What a JVM's system properties say about its allocator and its agent.
 *
 * @param main class or jar that the JVM was started with, empty if it does not say
 * @param path that a probe saw live; null while no allocator has started
 * @param previous path before, empty for the first
 * @param by default, agent or attach
 * @param proven whether the probe saw the path that was asked for
 * @param policy what follows an invalid free, null for an allocator that does not say
 * @param agent options of the agent, each with who set it; null without one
 * @param problem last problem of the agent, null for none
 */
public record LiveState(
    String main,
    @Nullable String path,
    String previous,
    String by,
    boolean proven,
    @Nullable String policy,
    @Nullable String agent,
    @Nullable String problem) {

  static final String PATH = "hakmem.live.path";
  static final String PREVIOUS = "hakmem.live.previous";
  static final String BY = "hakmem.live.by";
  static final String PROVEN = "hakmem.live.proven";
  static final String POLICY = "hakmem.live.onInvalid";
  static final String AGENT = "hakmem.agent.options";
  static final String SOURCES = "hakmem.agent.sources";
  static final String PROBLEM = "hakmem.agent.problem";

  static LiveState of(Properties properties) {
    String command = properties.getProperty("sun.java.command", "");
    int space = command.indexOf(' ');
    return new LiveState(
        space < 0 ? command : command.substring(0, space),
        properties.getProperty(PATH),
        properties.getProperty(PREVIOUS, ""),
        properties.getProperty(BY, ""),
        Boolean.parseBoolean(properties.getProperty(PROVEN)),
        properties.getProperty(POLICY),
        described(properties.getProperty(AGENT), properties.getProperty(SOURCES, "")),
        properties.getProperty(PROBLEM));
  }

  /** Options {@code key=value,…} and their sources {@code key=who,…} as one text for people. */
  private static @Nullable String described(@Nullable String options, String sources) {
    if (options == null) {
      return null;
    }
    Map<String, String> who = new HashMap<>();
    for (String source : sources.split(",", -1)) {
      String[] parts = source.split("=", 2);
      who.put(parts[0], parts.length == 2 ? parts[1] : "");
    }
    List<String> described = new ArrayList<>();
    for (String option : options.split(",", -1)) {
      String source = who.get(option.split("=", 2)[0]);
      described.add(source == null ? option : option + " (" + source + ")");
    }
    return String.join(", ", described);
  }

  /** Whether the path is the expected one, a probe has seen it, and the agent has no complaint. */
  public boolean proves(String expected) {
    return expected.equals(path) && proven && problem == null;
  }
}
