package io.hakmem.analysis.render;

import org.jspecify.annotations.Nullable;

/** Colours for a terminal, and none for files and pipes. Padding comes before painting. */
public enum Paint {
  ON,
  OFF;

  /** On where stdout is a terminal that knows colours and {@code NO_COLOR} is not set. */
  public static Paint ofTerminal() {
    return of(Terminal.isStdout(), System.getenv("NO_COLOR"), System.getenv("TERM"));
  }

  static Paint of(boolean terminal, @Nullable String noColor, @Nullable String term) {
    boolean wanted = noColor == null || noColor.isEmpty();
    return terminal && wanted && !"dumb".equals(term) ? ON : OFF;
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
