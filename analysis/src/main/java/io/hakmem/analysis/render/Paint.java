package io.hakmem.analysis.render;

import java.io.Console;

/** Colours for a terminal, and none for files and pipes. Padding comes before painting. */
public enum Paint {
  ON,
  OFF;

  /** On where stdout is a terminal and {@code NO_COLOR} is not set. */
  @SuppressWarnings("SystemConsoleNull") // since 25 it is null in a pipe again
  public static Paint ofTerminal() {
    Console console = System.console();
    String none = System.getenv("NO_COLOR");
    boolean terminal = console != null && console.isTerminal();
    return terminal && (none == null || none.isEmpty()) ? ON : OFF;
  }

  public String red(String words) {
    return paint("31", words);
  }

  public String yellow(String words) {
    return paint("33", words);
  }

  public String green(String words) {
    return paint("32", words);
  }

  public String bold(String words) {
    return paint("1", words);
  }

  private String paint(String code, String words) {
    return this == OFF ? words : "\u001b[" + code + "m" + words + "\u001b[0m";
  }
}
