package io.hakmem.benchmarks.model;

import io.hakmem.config.BlockLayout;
import io.hakmem.config.SizeClasses;
import java.util.SplittableRandom;

/** Random sizes: mostly tiny ones, some medium, a few spans, now and then a mapping. */
final class Sizes {

  private static final int MAX_BYTES = 3 << 20;

  private Sizes() {}

  static int any(SplittableRandom random) {
    int kind = random.nextInt(10_000);
    if (kind < 5) {
      return random.nextInt(BlockLayout.MAX_SPAN_BYTES + 1, MAX_BYTES);
    }
    if (kind < 30) {
      return random.nextInt(SizeClasses.MAX_CLASS_BYTES + 1, BlockLayout.MAX_SPAN_BYTES + 1);
    }
    return ofClass(random);
  }

  /** Most medium ones are small: the bound is random itself. */
  static int ofClass(SplittableRandom random) {
    int kind = random.nextInt(100);
    if (kind < 4) {
      return random.nextInt(random.nextInt(1, SizeClasses.MAX_CLASS_BYTES + 2));
    }
    return random.nextInt(kind < 50 ? 64 : SizeClasses.MAX_TINY_BYTES + 1);
  }
}
