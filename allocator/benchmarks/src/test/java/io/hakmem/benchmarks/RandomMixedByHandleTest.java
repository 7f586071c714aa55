package io.hakmem.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.hakmem.Hakmem;
import io.hakmem.config.SizeClasses;
import org.junit.jupiter.api.Test;

class RandomMixedByHandleTest {

  @Test
  void doesWhatRandomMixedDoes() {
    long[] pops = new long[SizeClasses.COUNT];
    long[] pushes = new long[SizeClasses.COUNT];
    for (int c = 0; c < pops.length; c++) {
      pops[c] = Hakmem.counters(c).pops();
      pushes[c] = Hakmem.counters(c).pushes();
    }
    new RandomMixedByHandle(300, 16, 1039).run(77_777, 42);
    long[] expected = new Simulation(77_777, 300, 42, 16, 1039).allocations;
    for (int c = 0; c < pops.length; c++) {
      assertEquals(expected[c], Hakmem.counters(c).pops() - pops[c], "class " + c);
      assertEquals(expected[c], Hakmem.counters(c).pushes() - pushes[c], "class " + c);
    }
  }
}
