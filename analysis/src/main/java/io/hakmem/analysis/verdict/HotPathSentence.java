package io.hakmem.analysis.verdict;

import static io.hakmem.analysis.render.Texts.duration;
import static io.hakmem.analysis.render.Texts.percent;

import java.util.List;
import java.util.Optional;

/** The verdict in one sentence. */
final class HotPathSentence {

  private HotPathSentence() {}

  static String of(HotPath hotPath) {
    if (!hotPath.decided()) {
      return "Undecided: " + hotPath.reason() + ".";
    }
    List<LayerShare> layers = hotPath.layers();
    LayerShare first = layers.getFirst();
    Optional<LayerWait> wait = hotPath.weighing().leadingWait(first);
    if (wait.isPresent()) {
      return "Hot path: waiting for locks in %s. Of the CPU time alone %s leads."
          .formatted(withShare(wait.get(), hotPath.weighing()), withShare(first));
    }
    if (hotPath.weighing().faultsLead(first)) {
      return "Hot path: OS, page faults of fresh memory, %s or more of the CPU time by the kernel's clock. Samples give them to who touches it first: %s."
          .formatted(percent(hotPath.weighing().pageFaultShare()), withShare(first));
    }
    if (layers.size() > 1 && layers.get(1).high() >= first.low()) {
      return "No single hot path: %s and %s lead, too close to tell apart."
          .formatted(withShare(first), withShare(layers.get(1)));
    }
    if (!Layers.isOutside(first.layer())) {
      return "Hot path: %s of the CPU time.".formatted(withShare(first));
    }
    return "Hot path: %s of the CPU time, not the allocator%s."
        .formatted(withShare(first), insideAllocator(layers));
  }

  private static String insideAllocator(List<LayerShare> layers) {
    return layers.stream()
        .filter(layer -> !Layers.isOutside(layer.layer()))
        .findFirst()
        .map(layer -> "; inside it %s leads".formatted(withShare(layer)))
        .orElse("");
  }

  private static String withShare(LayerWait wait, Weighing weighing) {
    return "%s, %s, %s of what the threads used and waited"
        .formatted(wait.layer(), duration(wait.nanos()), percent(weighing.shareOf(wait)));
  }

  private static String withShare(LayerShare layer) {
    return "%s, %s (%s)"
        .formatted(layer.layer(), percent(layer.share()), HotPathText.interval(layer));
  }
}
