package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Allocator;
import io.hakmem.config.SizeClasses;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Who reads the counters of all allocators must not look where one of them was. */
class RegistriesTest {

  private static final int BLOCKS = 1_000;

  private static void abandonOne() {
    Allocator allocator = Allocator.create();
    for (int i = 0; i < BLOCKS; i++) {
      allocator.allocate(64);
    }
  }

  private static long allocated() {
    ClassCounters counters = Registries.counters(SizeClasses.of(64));
    return counters.allocateHits() + counters.refills();
  }

  @Test
  void anAllocatorThatNobodyClosedLeavesItsCounters() throws InterruptedException {
    long before = allocated();
    int open = Registries.open();
    abandonOne();
    Instant limit = Instant.now().plus(Duration.ofMinutes(1));
    while (Registries.open() > open && Instant.now().isBefore(limit)) {
      System.gc();
      Thread.sleep(10);
    }
    assertTrue(Registries.open() <= open, "it is still looked at");
    // Its caches are not mapped any more: reading them would end the process.
    assertTrue(allocated() >= before + BLOCKS, "its counters are gone");
  }
}
