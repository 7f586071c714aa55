package io.hakmem.analysis.live;

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
 * @param agent options of the agent, null without one
 * @param problem last problem of the agent, null for none
 */
public record LiveState(
    String main,
    @Nullable String path,
    String previous,
    String by,
    boolean proven,
    @Nullable String agent,
    @Nullable String problem) {

  static final String PATH = "hakmem.live.path";
  static final String PREVIOUS = "hakmem.live.previous";
  static final String BY = "hakmem.live.by";
  static final String PROVEN = "hakmem.live.proven";
  static final String AGENT = "hakmem.agent.options";
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
        properties.getProperty(AGENT),
        properties.getProperty(PROBLEM));
  }

  /** Whether the path is the expected one, a probe has seen it, and the agent has no complaint. */
  public boolean proves(String expected) {
    return expected.equals(path) && proven && problem == null;
  }
}
