package io.hakmem.analysis.trial;

import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.LayerShare;
import java.util.List;
import java.util.Optional;

/**
 * The verdict on "free's push is the bottleneck".
 *
 * <p>A bottleneck takes more than half of the time. Both witnesses measure that one quantity:
 * taking out half of the time doubles the throughput (the plan's "any improvement above 100 % is a
 * win"), and a layer with more than half of the CPU samples has an Amdahl bound above +100 %. They
 * are independent: the first never sees a recording, the second never sees the direct path. Only if
 * both say the same is the hypothesis decided.
 *
 * @param agreement how the two relate, in a sentence
 */
record Hypothesis(
    Answer answer, boolean agree, Witness measured, Witness sampled, String agreement) {

  static final String STATEMENT = "free's push is the bottleneck";
  static final String LAYER = "free checks";
  static final double BOTTLENECK_RATIO = 2;
  static final double BOTTLENECK_SHARE = 0.5;

  /**
   * Weighs both.
   *
   * @param pairs ratios direct over checked-scan of all valid rows
   * @param headline the checked-scan recording of the headline row, if there is one
   * @param headlineRatio the headline row's ratio
   */
  static Hypothesis weigh(
      List<Double> pairs, Optional<RecordedPath> headline, MedianInterval headlineRatio) {
    Witness measured = measured(bootstrap(pairs));
    Witness sampled = sampled(headline);
    boolean agree = measured.answer() == sampled.answer() && measured.answer() != Answer.UNDECIDED;
    Answer answer = agree ? measured.answer() : Answer.UNDECIDED;
    return new Hypothesis(
        answer, agree, measured, sampled, agreement(measured, sampled, headline, headlineRatio));
  }

  /**
   * The bootstrap's interval, from six pairs on: of eight pairs the sign test's ends at the
   * smallest one, so that a single stray pair would leave everything undecided.
   */
  private static MedianInterval bootstrap(List<Double> pairs) {
    MedianInterval exact = MedianInterval.of(pairs);
    Bootstrap drawn = Bootstrap.median(pairs);
    return exact.confident()
        ? new MedianInterval(
            drawn.median(),
            drawn.low(),
            drawn.high(),
            MedianInterval.WANTED_CONFIDENCE,
            pairs.size())
        : exact;
  }

  static Witness measured(MedianInterval ratio) {
    String name = "measured improvement";
    if (ratio.values() == 0) {
      return new Witness(name, Answer.UNDECIDED, "no pair of runs to compare");
    }
    String numbers =
        "median of " + ratio.values() + " pairs " + Numbers.improvement(ratio.median());
    if (!ratio.confident()) {
      return new Witness(
          name, Answer.UNDECIDED, numbers + "; six pairs are the fewest that carry 95 %");
    }
    Answer answer = Answer.UNDECIDED;
    if (ratio.low() > BOTTLENECK_RATIO) {
      answer = Answer.HELD;
    } else if (ratio.high() < BOTTLENECK_RATIO) {
      answer = Answer.FAILED;
    }
    String interval =
        " (95 %: "
            + Numbers.improvement(ratio.low())
            + " to "
            + Numbers.improvement(ratio.high())
            + "), a bottleneck gives > +100 %";
    return new Witness(name, answer, numbers + interval);
  }

  static Witness sampled(Optional<RecordedPath> recording) {
    String name = "CPU samples of checked-scan";
    if (recording.isEmpty() || recording.get().hotPath() == null) {
      String why = recording.map(RecordedPath::problem).orElse("there is no recording");
      return new Witness(name, Answer.UNDECIDED, why);
    }
    RecordedPath recorded = recording.get();
    Optional<LayerShare> share = recorded.share(LAYER);
    HotPath hotPath = recorded.hotPath();
    if (!recorded.proven() || share.isEmpty() || hotPath == null) {
      String why = recorded.proven() ? "no samples" : recorded.problem();
      return new Witness(name, Answer.UNDECIDED, why);
    }
    String numbers = numbers(share.get(), hotPath.samples());
    if (!hotPath.decided()) {
      return new Witness(name, Answer.UNDECIDED, hotPath.reason() + "; " + numbers);
    }
    return new Witness(name, judge(share.get()), numbers);
  }

  private static Answer judge(LayerShare share) {
    if (share.low() > BOTTLENECK_SHARE) {
      return Answer.HELD;
    }
    return share.high() < BOTTLENECK_SHARE ? Answer.FAILED : Answer.UNDECIDED;
  }

  private static String numbers(LayerShare share, long samples) {
    return share.layer()
        + " took "
        + Numbers.percent(share.share())
        + " (95 %: "
        + Numbers.percent(share.low())
        + " to "
        + Numbers.percent(share.high())
        + ") of "
        + samples
        + " samples; if it cost nothing, at most "
        + Numbers.improvement(1 + share.gainIfFree());
  }

  // A push can slow what is around it (cache misses, mispredicted branches): no contradiction, but
  // the reader should know that the share alone does not explain the gain.
  private static String excess(LayerShare share, MedianInterval ratio) {
    double bound = 1 / (1 - share.high());
    return !ratio.confident() || ratio.low() <= bound
        ? ""
        : ". The gain is above the bound that the samples allow ("
            + Numbers.improvement(bound)
            + "): the push also slows what is around it, or samples miss part of it";
  }

  private static String agreement(
      Witness measured, Witness sampled, Optional<RecordedPath> recording, MedianInterval ratio) {
    String verdict;
    if (measured.answer() == Answer.UNDECIDED || sampled.answer() == Answer.UNDECIDED) {
      boolean both = measured.answer() == sampled.answer();
      String silent = measured.answer() == Answer.UNDECIDED ? measured.name() : sampled.name();
      verdict = both ? "neither witness decides" : "one witness does not decide: " + silent;
    } else {
      verdict = measured.answer() == sampled.answer() ? "the witnesses agree" : "they contradict";
    }
    Optional<LayerShare> share = recording.flatMap(recorded -> recorded.share(LAYER));
    if (share.isEmpty() || ratio.values() == 0) {
      return verdict;
    }
    return verdict
        + "; by its gain the push took "
        + Numbers.percent(1 - 1 / ratio.median())
        + " of that row's time, by samples "
        + Numbers.percent(share.get().share())
        + excess(share.get(), ratio);
  }
}
