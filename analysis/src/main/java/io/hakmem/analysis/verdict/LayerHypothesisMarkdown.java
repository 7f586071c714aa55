package io.hakmem.analysis.verdict;

import io.hakmem.analysis.render.Markdown;

/** A hypothesis' verdict and plan as Markdown. */
public final class LayerHypothesisMarkdown {

  private LayerHypothesisMarkdown() {}

  public static String render(LayerHypothesis weighed) {
    Markdown text =
        new Markdown()
            .heading(2, "Hypothesis: " + weighed.hypothesis() + " is the bottleneck")
            .paragraph(weighed.answer().name() + ": " + weighed.numbers() + ".");
    int step = 1;
    for (String words : weighed.plan()) {
      text.paragraph(step++ + ". " + words);
    }
    return text.toString();
  }
}
