package io.hakmem.analysis.trial;

import io.hakmem.analysis.render.VisibleText;
import java.util.regex.Pattern;

/** Wraps text at spaces. */
final class Wrap {

  // A number and its percent sign stay together.
  private static final Pattern SPACES = Pattern.compile("\\s+(?!%)");

  private Wrap() {}

  /**
   * Lines of at most {@code width} columns where words allow it, each ended by a newline.
   *
   * @param first in front of the first line
   * @param rest in front of all others
   */
  static String text(String first, String rest, String text, int width) {
    StringBuilder lines = new StringBuilder();
    StringBuilder line = new StringBuilder(first);
    boolean empty = true;
    for (String word : SPACES.splitAsStream(text.strip()).map(VisibleText::of).toList()) {
      if (!empty && line.length() + 1 + word.length() > width) {
        lines.append(line.toString().stripTrailing()).append('\n');
        line = new StringBuilder(rest);
        empty = true;
      }
      line.append(empty ? "" : " ").append(word);
      empty = false;
    }
    return lines.append(line.toString().stripTrailing()).append('\n').toString();
  }
}
