package io.hakmem.slab;

import static io.hakmem.config.BlockLayout.HEADER_BYTES;
import static io.hakmem.config.CheckOptions.EDGE_BYTES;

import io.hakmem.config.CheckOptions;

/** How much of a free block of a size class is filled with {@link Poison}, and whether it is so. */
public final class BlockPoison {

  /** Usable bytes from which on the two edges, which may overlap, leave the link alone. */
  public static final int TWO_EDGES = Long.BYTES + EDGE_BYTES;

  private static CheckOptions.Poison poison = CheckOptions.Poison.OFF;

  private BlockPoison() {}

  /** Sets which part is filled; blocks that are free already are not what they should be then. */
  static void part(CheckOptions.Poison newPart) {
    poison = newPart;
  }

  /** Which part of a free block is filled now. */
  public static CheckOptions.Poison part() {
    return poison;
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
   * @param user where it starts, not negative
   * @param usable its bytes
   * @param dirty bytes from its start on that may not be filled yet
   */
  public static void fill(long user, int usable, int dirty) {
    long from = user + Long.BYTES;
    CheckOptions.Poison part = poison;
    if (part == CheckOptions.Poison.EDGES && usable >= TWO_EDGES) {
      Poison.fillEdge(from);
      Poison.fillEdge(user + ((usable - EDGE_BYTES) & Poison.OFFSET_MASK));
    } else if (part != CheckOptions.Poison.OFF) {
      int bytes = part == CheckOptions.Poison.ALL ? dirty : usable;
      Poison.fill(from, bytes - Long.BYTES);
    }
  }

  /** Not 0 where a free block is not as {@link #fill} left it. */
  public static long changed(CheckOptions.Poison part, long user, int usable) {
    long from = user + Long.BYTES;
    if (part == CheckOptions.Poison.EDGES && usable >= TWO_EDGES) {
      long last = user + ((usable - EDGE_BYTES) & Poison.OFFSET_MASK);
      return Poison.edgeChanged(from) | Poison.edgeChanged(last);
    }
    return part == CheckOptions.Poison.OFF ? 0 : Poison.changed(from, usable - Long.BYTES);
  }

  /** Whether a free block is as {@link #fill} left it. */
  public static boolean holds(long base, int stride) {
    return changed(poison, base + HEADER_BYTES, stride - HEADER_BYTES) == 0;
  }
}
