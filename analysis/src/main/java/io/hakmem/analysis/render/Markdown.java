package io.hakmem.analysis.render;

import java.util.ArrayList;
import java.util.List;

/** Tables and text as GitHub's Markdown shows them. */
public final class Markdown {

  private final StringBuilder text = new StringBuilder();

  /** A heading of the level, 1 to 6. */
  public Markdown heading(int level, String title) {
    text.append("#".repeat(level)).append(' ').append(escape(title)).append("\n\n");
    return this;
  }

  public Markdown paragraph(String words) {
    text.append(escape(words)).append("\n\n");
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

  /** What Markdown would take as its own: pipes, angle brackets, stars and underscores. */
  static String escape(String words) {
    return words.replaceAll("([\\\\|<>*_`])", "\\\\$1").replace("\n", " ");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
