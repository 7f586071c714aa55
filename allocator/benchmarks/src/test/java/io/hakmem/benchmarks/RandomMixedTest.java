package io.hakmem.benchmarks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hakmem.Hakmem;
import io.hakmem.config.SizeClasses;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The allocator's exact counters after a run, against an independent simulation. */
class RandomMixedTest {

  private static long[] allocations() {
    long[] counts = new long[SizeClasses.COUNT];
    for (int sizeClass = 0; sizeClass < counts.length; sizeClass++) {
      counts[sizeClass] = Hakmem.counters(sizeClass).pops();
    }
    return counts;
  }

  private static long[] frees() {
    long[] counts = new long[SizeClasses.COUNT];
    for (int sizeClass = 0; sizeClass < counts.length; sizeClass++) {
      counts[sizeClass] = Hakmem.counters(sizeClass).pushes();
    }
    return counts;
  }

  private static long[] difference(long[] after, long[] before) {
    long[] difference = new long[after.length];
    for (int i = 0; i < after.length; i++) {
      difference[i] = after[i] - before[i];
    }
    return difference;
  }

  @ParameterizedTest
  @CsvSource({
    "100000, 256, 42, 16, 1039",
    "100000, 128, 42, 16, 1039",
    "1000000, 8192, 42, 16, 1039",
    "99999, 400, 1, 16, 1039",
    "1, 1, 2, 16, 1039",
    "1001, 7, -1, 1, 31",
    "50000, 1000, 5, 512, 512",
    "2000, 100, 3, 1000, 1100",
    "300, 20, 9, 99000, 99500"
  })
  void allocatesAndFreesWhatItsDescriptionSays(
      long operations, int workingSet, int seed, int min, int max) {
    Simulation simulation = new Simulation(operations, workingSet, seed, min, max);
    long[] popsBefore = allocations();
    long[] pushesBefore = frees();
    new RandomMixed(workingSet, min, max).run(operations, seed);
    assertArrayEquals(simulation.allocations, difference(allocations(), popsBefore));
    assertArrayEquals(
        simulation.allocations,
        difference(frees(), pushesBefore),
        "what is left at the end is freed");
  }

  @Test
  void theFixedBlocksOfTheTrialAreOfOneClass() {
    Simulation simulation = new Simulation(10_000, 256, 42, 1024, 1024);
    assertEquals(0, simulation.large());
    long[] before = allocations();
    new RandomMixed(256, 1024, 1024).run(10_000, 42);
    long[] done = difference(allocations(), before);
    assertEquals(simulation.allocations[Simulation.classOf(1024)], done[Simulation.classOf(1024)]);
  }

  /** The same workload twice: the second starts from the seed again, with empty slots. */
  @Test
  void everyRunStartsAfresh() {
    RandomMixed workload = new RandomMixed(300, 16, 1039);
    long[] before = allocations();
    workload.run(12_345, 42);
    long[] first = difference(allocations(), before);
    before = allocations();
    workload.run(12_345, 42);
    assertArrayEquals(first, difference(allocations(), before));
  }
}
