package io.hakmem.analysis.verdict;

import static io.hakmem.analysis.render.Texts.percent;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The verdict on "this layer is the bottleneck". A bottleneck takes more than half of the CPU time,
 * so that taking it out more than doubles throughput. Immutable.
 *
 * @param hypothesis as it was asked for
 * @param layers that it stands for
 * @param answer held, failed or undecided
 * @param share of the layers together, 0 to 1
 * @param low lower end of its 95 % interval
 * @param high upper end of it
 * @param numbers the reasons, a sentence
 * @param plan what to do now, in order; after "held" where the time is to be won
 */
public record LayerHypothesis(
    String hypothesis,
    List<String> layers,
    Answer answer,
    double share,
    double low,
    double high,
    String numbers,
    List<String> plan) {

  /** What the evidence says. */
  public enum Answer {
    HELD,
    FAILED,
    UNDECIDED
  }

  private static final double BOTTLENECK = 0.5;
  private static final double WORTH_A_LOOK = 0.1;

  /** Waits for locks below this share of the CPU time change no answer. */
  private static final double WAITS_COUNT = 0.05;

  /**
   * Weighs it.
   *
   * @throws IllegalArgumentException for a name that stands for no layer
   */
  public static LayerHypothesis weigh(String hypothesis, HotPath hotPath) {
    List<String> layers = Layers.named(hypothesis);
    LayerShare share = share(hypothesis, layers, hotPath);
    Answer answer = answer(hotPath, share);
    return new LayerHypothesis(
        hypothesis,
        layers,
        answer,
        share.share(),
        share.low(),
        share.high(),
        numbers(hotPath, share, answer),
        plan(hotPath, layers, share, answer));
  }

  /** Of the CPU time, and where threads waited for locks, of what they used and waited. */
  private static LayerShare share(String hypothesis, List<String> layers, HotPath hotPath) {
    List<LayerShare> all = hotPath.layers();
    long samples = all.stream().mapToLong(LayerShare::samples).sum();
    if (samples == 0) {
      return new LayerShare(hypothesis, 0, Double.NaN, 0, 1);
    }
    long hits =
        all.stream()
            .filter(layer -> layers.contains(layer.layer()))
            .mapToLong(LayerShare::samples)
            .sum();
    Weighing weighing = hotPath.weighing();
    long waited = 0;
    long waitedThere = 0;
    if (countsWaits(weighing)) {
      double samplesPerNano = samples / 1e9 / (weighing.cpuSeconds() + weighing.gcCpuSeconds());
      for (LayerWait wait : weighing.waits()) {
        long worth = Math.round(wait.nanos() * samplesPerNano);
        waited += worth;
        waitedThere += layers.contains(wait.layer()) ? worth : 0;
      }
    }
    return Wilson.share(hypothesis, hits + waitedThere, samples + waited);
  }

  private static boolean countsWaits(Weighing weighing) {
    return weighing.waitSeconds() > WAITS_COUNT * weighing.cpuSeconds()
        && weighing.cpuSeconds() > 0;
  }

  private static Answer answer(HotPath hotPath, LayerShare share) {
    if (!hotPath.decided()) {
      return Answer.UNDECIDED;
    }
    if (share.low() > BOTTLENECK) {
      return Answer.HELD;
    }
    return share.high() < BOTTLENECK ? Answer.FAILED : Answer.UNDECIDED;
  }

  private static String numbers(HotPath hotPath, LayerShare share, Answer answer) {
    if (!hotPath.decided()) {
      return hotPath.reason();
    }
    String took =
        "it took %s (%s) of the CPU time%s%s, a bottleneck takes more than half"
            .formatted(
                percent(share.share()),
                HotPathText.interval(share),
                countsWaits(hotPath.weighing()) ? " and the waits for locks" : "",
                gain(share));
    return answer == Answer.UNDECIDED ? took + ": the interval holds one half" : took;
  }

  private static String gain(LayerShare share) {
    return share.share() >= 1
        ? ""
        : String.format(
            Locale.ROOT, ", at most +%.0f %% if it were free", 100 * share.gainIfFree());
  }

  private static List<String> plan(
      HotPath hotPath, List<String> layers, LayerShare share, Answer answer) {
    if (!hotPath.decided()) {
      return List.of(
          "Run 'hakmem doctor' on this recording and mend what it finds: "
              + hotPath.reason()
              + ".");
    }
    List<String> plan = new ArrayList<>();
    if (answer == Answer.FAILED) {
      plan.add(
          "Revert what was done for '%s': it can gain %s."
              .formatted(
                  share.layer(),
                  gain(share).replaceFirst("^, ", "").replace(" if it were free", "")));
    } else if (answer == Answer.UNDECIDED) {
      plan.add(
          "Record again for longer: %d samples leave %.0f points of doubt."
              .formatted(hotPath.samples(), 100 * (share.high() - share.low())));
    }
    plan.add("The actual hot path: " + lead(hotPath) + ".");
    hotPath.layers().stream()
        .filter(layer -> layer.share() >= WORTH_A_LOOK || layer.equals(hotPath.layers().getFirst()))
        .filter(layer -> answer != Answer.FAILED || !layers.contains(layer.layer()))
        .forEach(layer -> plan.add(step(layer)));
    return plan;
  }

  private static String lead(HotPath hotPath) {
    LayerShare first = hotPath.layers().getFirst();
    String inside =
        hotPath.layers().stream()
            .filter(layer -> !Layers.isOutside(layer.layer()) && !layer.equals(first))
            .findFirst()
            .filter(layer -> Layers.isOutside(first.layer()))
            .map(layer -> "; in the allocator %s".formatted(withShare(layer)))
            .orElse("");
    return withShare(first) + hotSpot(hotPath, first) + inside;
  }

  private static String hotSpot(HotPath hotPath, LayerShare layer) {
    return hotPath.evidence().methods().stream()
        .filter(spot -> spot.layer().equals(layer.layer()))
        .findFirst()
        .map(spot -> ", most of it in " + spot.name())
        .orElse("");
  }

  private static String step(LayerShare layer) {
    NextSteps.Step step = NextSteps.of(layer.layer());
    return "%s, at most %s: look at %s. What would settle it: %s."
        .formatted(
            withShare(layer),
            Double.isInfinite(layer.gainIfFree())
                ? "everything"
                : String.format(Locale.ROOT, "+%.0f %%", 100 * layer.gainIfFree()),
            step.look(),
            step.settle());
  }

  private static String withShare(LayerShare layer) {
    return layer.layer() + " " + percent(layer.share());
  }
}
