package io.hakmem.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hakmem.Hakmem;
import io.hakmem.config.SizeClasses;
import org.junit.jupiter.api.Test;

class RandomMixedByHandleTest {

  @Test
  void doesWhatRandomMixedDoes() {
    long[] before = new long[SizeClasses.COUNT];
    for (int c = 0; c < before.length; c++) {
      before[c] = Hakmem.counters(c).pops();
    }
    new RandomMixedByHandle(300, 16, 1039).run(77_777, 42);
    long[] expected = new Simulation(77_777, 300, 42, 16, 1039).allocations;
    for (int c = 0; c < before.length; c++) {
      assertEquals(expected[c], Hakmem.counters(c).pops() - before[c], "class " + c);
      assertEquals(Hakmem.counters(c).pops(), Hakmem.counters(c).pushes(), "class " + c);
    }
  }
}
