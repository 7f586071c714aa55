package io.hakmem.agent;

import java.lang.reflect.InvocationTargetException;

/** The agent's voice: single lines on stderr that say who speaks. */
final class Console {

  /**
   * System property that holds the last problem, for whoever loaded the agent from outside and
   * cannot see this JVM's stderr.
   */
  static final String PROBLEM_PROPERTY = "hakmem.agent.problem";

  private static final String PREFIX = "hakmem-agent: ";

  private Console() {}

  static void say(String line) {
    System.err.println(PREFIX + line.replace('\n', ' '));
  }

  /** Says what is not as it was asked for. */
  static void problem(String line) {
    System.setProperty(PROBLEM_PROPERTY, line.replace('\n', ' '));
    say(line);
  }

  /** Forgets the problems of before. */
  static void clearProblem() {
    System.clearProperty(PROBLEM_PROPERTY);
  }

  /** Says why the arguments were refused. */
  static void refused(AgentOptions.InvalidException problem) {
    problem(problem.getMessage() + "; the application runs on unchanged");
  }

  /** Says what failed, and that the application is none the worse for it. */
  static void failed(String what, Throwable cause) {
    Throwable own = cause instanceof InvocationTargetException ? cause.getCause() : cause;
    problem(what + " failed (" + own + "); the application runs on unchanged");
  }
}
