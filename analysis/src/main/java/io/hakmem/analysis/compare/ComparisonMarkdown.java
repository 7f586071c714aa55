package io.hakmem.analysis.compare;

import io.hakmem.analysis.render.Markdown;
import java.util.List;

/** A comparison as Markdown: every difference. */
public final class ComparisonMarkdown {

  private ComparisonMarkdown() {}

  public static String render(Comparison comparison) {
    Markdown text =
        new Markdown()
            .heading(2, comparison.a().label() + " against " + comparison.b().label())
            .paragraph((comparison.decided() ? "" : "Undecided: ") + comparison.explanation());
    comparison.notes().forEach(note -> text.paragraph("Note: " + note));
    for (Kind kind : Kind.values()) {
      List<Difference> differences = comparison.differences(kind);
      if (!differences.isEmpty()) {
        text.heading(3, ComparisonText.title(kind))
            .table(
                List.of(kind.subject(), ">A", ">B", ">B - A", ">95 % interval", ">p", ""),
                differences.stream().map(ComparisonText::cells).toList());
      }
    }
    return text.toString();
  }
}
