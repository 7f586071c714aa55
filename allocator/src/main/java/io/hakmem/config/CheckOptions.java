package io.hakmem.config;

import java.util.Locale;

/**
 * What is done about misuse, and how hard the checked path looks for it. One set for the process,
 * since a free path serves all allocators.
 *
 * @param policy what follows an invalid free, on every path
 * @param poison how much of a free block is filled with a pattern that is verified later
 * @param stacks one of so many allocations and frees keeps its stack, 1 for all, 0 for none
 * @param quarantineBytes freed blocks of one class that a thread holds back from reuse, and large
 *     blocks that the process does
 * @param leaks when blocks that are still live are listed
 * @param sweepMillis how often free blocks are verified though nobody allocates them; 0 for never
 */
public record CheckOptions(
    Policy policy, Poison poison, int stacks, long quarantineBytes, Leaks leaks, int sweepMillis) {

  /** What follows an invalid free, after its event and its line on stderr. */
  public enum Policy {
    THROW,
    REPORT,
    HALT
  }

  /** The part of a free block that is filled. */
  public enum Poison {
    ALL,
    EDGES,
    OFF
  }

  /** When live blocks are listed. */
  public enum Leaks {
    OFF,
    CLOSE,
    EXIT
  }

  /** Exit code of a JVM that {@link Policy#HALT} ended. */
  public static final int HALT_CODE = 86;

  /** Bytes at each end of a block that {@link Poison#EDGES} fills. */
  public static final int EDGE_BYTES = 64;

  /** Name of an enumeration's value as it is written. */
  static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
