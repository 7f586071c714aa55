package io.hakmem.analysis.verdict;

import io.hakmem.analysis.render.Paint;
import io.hakmem.analysis.render.Texts;
import java.util.Locale;

/** A hypothesis' verdict and plan as text. */
public final class LayerHypothesisText {

  private LayerHypothesisText() {}

  /** Lines of at most {@code width} columns, each ended by a newline. */
  public static String render(LayerHypothesis weighed, int width, Paint paint) {
    String verdict =
        "Hypothesis \"%s is the bottleneck\": %s"
            .formatted(weighed.hypothesis(), weighed.answer().name().toUpperCase(Locale.ROOT));
    StringBuilder text = new StringBuilder();
    text.append(paint.bold(verdict)).append('\n');
    WeighingText.indented(text, weighed.numbers() + ".", width);
    int step = 1;
    for (String words : weighed.plan()) {
      String number = step++ + ". ";
      String rest = " ".repeat(number.length());
      for (String line : Texts.wrap(words, width - 2 - number.length()).lines().toList()) {
        text.append("  ").append(number).append(line).append('\n');
        number = rest;
      }
    }
    return text.toString();
  }
}
