package io.hakmem.analysis.render;

import java.util.ArrayList;
import java.util.List;

/** Tables and text as GitHub's Markdown shows them. */
public final class Markdown {

  /** Characters that are markup somewhere in Markdown, HTML among them. */
  private static final String MARKUP = "\\`*_{}[]<>()#+!|~&$@:";

  private final StringBuilder text = new StringBuilder();

  /** A heading of the level, 1 to 6. */
  public Markdown heading(int level, String title) {
    text.append("#".repeat(level)).append(' ').append(escape(title)).append("\n\n");
    return this;
  }

  public Markdown paragraph(String words) {
    text.append(atLineStart(escape(words))).append("\n\n");
    return this;
  }

  /** Markdown that was rendered elsewhere, as it is. */
  public Markdown append(String rendered) {
    text.append(rendered);
    return this;
  }

  /** A table; a heading that starts with {@code >} stands to the right, as its column. */
  public Markdown table(List<String> headings, List<List<String>> rows) {
    List<String> names = new ArrayList<>();
    List<String> rules = new ArrayList<>();
    for (String heading : headings) {
      boolean right = heading.startsWith(">");
      names.add(right ? heading.substring(1) : heading);
      rules.add(right ? "---:" : "---");
    }
    row(names);
    text.append("| ").append(String.join(" | ", rules)).append(" |\n");
    rows.forEach(this::row);
    text.append('\n');
    return this;
  }

  private void row(List<String> cells) {
    text.append("| ")
        .append(String.join(" | ", cells.stream().map(Markdown::escape).toList()))
        .append(" |\n");
  }

  /** No markup. Line breaks become spaces, what a terminal would obey is written visibly. */
  static String escape(String words) {
    String text = VisibleText.of(words.replaceAll("\\s*\\R\\s*", " "));
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (needsEscape(text, i)) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString().replaceAll("(?i)\\b(www)\\.", "$1\\\\.");
  }

  /** Neither a list nor a rule. */
  private static String atLineStart(String escaped) {
    return escaped
        .replaceFirst("^(\\s*)([-+=])", "$1\\\\$2")
        .replaceFirst("^(\\s*\\d{1,9})([.)])", "$1\\\\$2");
  }

  /**
   * A colon or an underscore inside a word is no markup, nor is a colon at its end: names and
   * sentences stay as they are in the source.
   */
  private static boolean needsEscape(String text, int i) {
    char c = text.charAt(i);
    if (c == ':' || c == '_') {
      boolean ends = i + 1 == text.length();
      boolean goesOn =
          !ends
              && (Character.isLetterOrDigit(text.charAt(i + 1))
                  || (c == ':' && text.charAt(i + 1) == ' '));
      return i == 0 || !Character.isLetterOrDigit(text.charAt(i - 1)) || !goesOn;
    }
    return MARKUP.indexOf(c) >= 0 && c != '(' && c != ')' && c != '+';
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
