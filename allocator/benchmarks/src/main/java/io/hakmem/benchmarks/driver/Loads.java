package io.hakmem.benchmarks.driver;

import java.util.List;
import java.util.Optional;

/** All workloads by name. */
final class Loads {

  /** What a workload asks of a peer. */
  enum Needs {
    NOTHING,
    HAND_OVER,
    VIRTUAL_THREADS
  }

  /**
   * A workload.
   *
   * @param operations of the timed part, where nobody says otherwise
   */
  record Entry(
      String name,
      String meaning,
      Load load,
      Needs needs,
      long operations,
      int workingSet,
      int threads) {}

  private static final RandomMixed RANDOM_MIXED = new RandomMixed();
  private static final FixedSize FIXED_SIZE = new FixedSize();

  private static final List<Entry> ENTRIES =
      List.of(
          new Entry(
              "random-mixed",
              "the original's loop, 16 to 1039 bytes",
              RANDOM_MIXED::round,
              Needs.NOTHING,
              20_000_000,
              256,
              1),
          new Entry(
              "fixed-size",
              "the same with 64 bytes",
              FIXED_SIZE::round,
              Needs.NOTHING,
              20_000_000,
              256,
              1),
          new Entry(
              "pairs",
              "allocate and free of 64 bytes",
              Pairs::round,
              Needs.NOTHING,
              20_000_000,
              1,
              1),
          new Entry(
              "larson",
              "blocks replaced, tables change threads",
              Larson::round,
              Needs.HAND_OVER,
              20_000_000,
              1000,
              2),
          new Entry(
              "producer-consumer",
              "one thread allocates, one frees",
              HandOver::producerConsumer,
              Needs.HAND_OVER,
              20_000_000,
              256,
              2),
          new Entry(
              "message-passing",
              "90 % freed by the next thread",
              HandOver::messagePassing,
              Needs.HAND_OVER,
              20_000_000,
              256,
              2),
          new Entry(
              "short-threads",
              "platform threads of 2,000 operations",
              ShortThreads::platform,
              Needs.NOTHING,
              10_000_000,
              64,
              2),
          new Entry(
              "virtual-threads",
              "virtual threads of 2,000 operations",
              ShortThreads::virtual,
              Needs.VIRTUAL_THREADS,
              10_000_000,
              400,
              1),
          new Entry(
              "grow-shrink",
              "fills a table, empties it",
              GrowShrink::round,
              Needs.NOTHING,
              20_000_000,
              10_000,
              1),
          new Entry(
              "large-sizes",
              "random-mixed of 32 KiB to 1 MiB",
              LargeSizes::round,
              Needs.NOTHING,
              500_000,
              32,
              1));

  private Loads() {}

  static List<Entry> entries() {
    return ENTRIES;
  }

  static Optional<Entry> find(String name) {
    return ENTRIES.stream().filter(entry -> entry.name.equals(name)).findFirst();
  }
}
