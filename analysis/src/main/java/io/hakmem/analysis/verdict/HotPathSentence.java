package io.hakmem.analysis.verdict;

import static io.hakmem.analysis.render.Texts.percent;

import java.util.List;

/** The verdict in one sentence. */
final class HotPathSentence {

  private HotPathSentence() {}

  static String of(HotPath hotPath) {
    if (!hotPath.decided()) {
      return "Undecided: " + hotPath.reason() + ".";
    }
    List<LayerShare> layers = hotPath.layers();
    LayerShare first = layers.getFirst();
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

  private static String withShare(LayerShare layer) {
    return "%s, %s (%s)"
        .formatted(layer.layer(), percent(layer.share()), HotPathText.interval(layer));
  }
}
