package io.hakmem.agent;

/** The agent's voice: single lines on stderr that say who speaks. */
final class Console {

  private static final String PREFIX = "hakmem-agent: ";

  private Console() {}

  static void say(String line) {
    System.err.println(PREFIX + line.replace('\n', ' '));
  }

  /** Says why the arguments were refused. */
  static void refused(AgentOptions.InvalidException problem) {
    say(problem.getMessage() + "; the application runs on unchanged");
  }

  /** Says what failed, and that the application is none the worse for it. */
  static void failed(String what, Throwable cause) {
    say(what + " failed (" + cause + "); the application runs on unchanged");
  }
}
