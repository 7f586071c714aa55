package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.ALIGNMENT;
import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.CheckOptions.EDGE_BYTES;

import io.hakmem.config.CheckOptions;

/** How much of a free block of a size class is filled with {@link Poison}, and whether it is so. */
public final class BlockPoison {

  private static CheckOptions.Poison poison = CheckOptions.Poison.OFF;

  private BlockPoison() {}

  /** Sets which part is filled; blocks that are free already are not what they should be then. */
  static void part(CheckOptions.Poison newPart) {
    poison = newPart;
  }

  /** Whether free blocks are filled whole, so that slack needs no filling of its own. */
  public static boolean isAll() {
    return poison == CheckOptions.Poison.ALL;
  }

  public static boolean isOff() {
    return poison == CheckOptions.Poison.OFF;
  }

  /**
   * Fills a block that becomes free, beyond its link.
   *
   * @param dirty bytes from its user address on that may not be filled yet
   */
  public static void fill(long base, int stride, int dirty) {
    long from = base + HEADER_BYTES + Long.BYTES;
    long to = base + stride;
    if (poison == CheckOptions.Poison.ALL) {
      Poison.fill(from, Math.max(from, base + HEADER_BYTES + dirty));
    } else if (poison == CheckOptions.Poison.EDGES) {
      if (stride < 2 * EDGE_BYTES + ALIGNMENT) {
        Poison.fill(from, to);
      } else {
        Poison.fillEdge(from);
        Poison.fillEdge(to - EDGE_BYTES);
      }
    }
  }

  /** Whether a free block is as {@link #fill} left it. */
  public static boolean holds(long base, int stride) {
    long from = base + HEADER_BYTES + Long.BYTES;
    long to = base + stride;
    if (poison == CheckOptions.Poison.ALL) {
      return Poison.holds(from, to);
    }
    if (poison == CheckOptions.Poison.OFF) {
      return true;
    }
    return stride < 2 * EDGE_BYTES + ALIGNMENT
        ? Poison.holds(from, to)
        : Poison.edgeHolds(from) && Poison.edgeHolds(to - EDGE_BYTES);
  }
}
