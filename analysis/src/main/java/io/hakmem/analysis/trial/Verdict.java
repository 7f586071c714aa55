package io.hakmem.analysis.trial;

import io.hakmem.analysis.trial.Criterion.Level;
import java.util.List;

/**
 * The trial's answer in a sentence or two, without a figure: it follows from what is decided alone,
 * so that trials in a row on the same code say the same.
 */
final class Verdict {

  private Verdict() {}

  static String of(List<Criterion> criteria, Hypothesis hypothesis, String stopped) {
    List<String> missed = musts(criteria, Outcome.NOT_MET);
    List<String> open = musts(criteria, Outcome.NOT_DECIDABLE);
    String answer;
    if (!missed.isEmpty()) {
      answer = "The direct push fails what it must meet: " + String.join(", ", missed) + ".";
    } else if (!open.isEmpty()) {
      answer =
          "The direct push misses nothing that it must meet, but this trial cannot decide: "
              + String.join(", ", open)
              + ".";
    } else {
      answer = "The direct push meets all that it must.";
    }
    return answer + " " + bottleneck(hypothesis) + (stopped.isEmpty() ? "" : " It was given up.");
  }

  private static String bottleneck(Hypothesis hypothesis) {
    return switch (hypothesis.answer()) {
      case HELD -> "Free's push was the bottleneck: keep it direct.";
      case FAILED -> "Free's push was not the bottleneck: look elsewhere.";
      case UNDECIDED -> "Whether free's push was the bottleneck is undecided.";
    };
  }

  private static List<String> musts(List<Criterion> criteria, Outcome outcome) {
    return criteria.stream()
        .filter(c -> c.level() == Level.P0 && c.outcome() == outcome)
        .map(Criterion::name)
        .toList();
  }
}
