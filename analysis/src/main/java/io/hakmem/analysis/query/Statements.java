package io.hakmem.analysis.query;

import java.util.ArrayList;
import java.util.List;

/**
 * Splits text at the semicolons that end statements: not those in texts, quoted names and comments.
 */
public final class Statements {

  private final String text;
  private final List<String> complete = new ArrayList<>();
  private int start;
  private int position;
  private boolean blank = true;
  private boolean open;

  private Statements(String text) {
    this.text = text;
  }

  /**
   * What a text holds.
   *
   * @param complete the statements that a semicolon ended, without it
   * @param rest what follows the last one; empty if it is only space and whole comments
   */
  public record Split(List<String> complete, String rest) {}

  /** Splits; statements of nothing but space and comments are left out. */
  public static Split split(String text) {
    return new Statements(text).run();
  }

  /** Every statement, the last one too, whether a semicolon ends it or not. */
  public static List<String> all(String text) {
    Split split = split(text);
    List<String> all = new ArrayList<>(split.complete());
    if (!split.rest().isBlank()) {
      all.add(split.rest().strip());
    }
    return all;
  }

  private Split run() {
    while (position < text.length()) {
      char c = text.charAt(position);
      if (c == ';') {
        take();
      } else if (text.startsWith("--", position)) {
        skipTo("\n", position);
      } else if (text.startsWith("/*", position)) {
        skipTo("*/", position + 2);
      } else {
        blank &= Character.isWhitespace(c);
        if (c == '\'' || c == '"') {
          skipTo(String.valueOf(c), position + 1);
        } else if (c == '$' && !dollarTag().isEmpty()) {
          skipTo(dollarTag(), position + dollarTag().length());
        } else {
          position++;
        }
      }
    }
    return new Split(List.copyOf(complete), blank && !open ? "" : text.substring(start));
  }

  private void take() {
    if (!blank) {
      complete.add(text.substring(start, position).strip());
    }
    position++;
    start = position;
    blank = true;
  }

  private void skipTo(String end, int from) {
    int found = text.indexOf(end, from);
    open = found < 0 && !end.equals("\n");
    position = found < 0 ? text.length() : found + end.length();
  }

  /** {@code $$} or {@code $tag$} at the position; empty where there is none. */
  private String dollarTag() {
    int end = position + 1;
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      if (text.charAt(end) == '$') {
        return text.substring(position, end + 1);
      }
      end++;
    }
    return "";
  }
}
