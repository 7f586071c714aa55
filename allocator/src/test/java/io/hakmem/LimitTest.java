package io.hakmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.config.AllocatorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LimitTest {

  private static final long LIMIT = 32 << 20;

  @ParameterizedTest
  @ValueSource(longs = {1009, 50_021, 300_007, 3_000_017})
  void beyondItTheNumbersAreToldAndTheAllocatorStaysUsable(long size) throws InterruptedException {
    try (Allocator allocator = new Allocator(AllocatorOptions.defaults().withLimit(LIMIT))) {
      AtomicBoolean stop = new AtomicBoolean();
      AtomicLong rounds = new AtomicLong();
      allocator.free(allocator.allocate(31));
      Thread other = Thread.ofPlatform().start(() -> allocateAndFree(allocator, stop, rounds));
      for (int round = 0; round < 10; round++) {
        List<Long> blocks = new ArrayList<>();
        OutOfMemoryError error =
            assertThrows(
                OutOfMemoryError.class,
                () -> {
                  while (true) {
                    blocks.add(allocator.allocate(size));
                  }
                });
        String message = String.valueOf(error.getMessage());
        assertTrue(message.startsWith(size + " bytes were requested, "), message);
        assertTrue(message.contains(" are in use, the limit is " + LIMIT + " "), message);
        assertTrue(blocks.size() * size > LIMIT / 2, blocks.size() + " blocks fitted");
        blocks.forEach(allocator::free);
      }
      long before = rounds.get();
      while (rounds.get() < before + 10) {
        Thread.onSpinWait();
      }
      stop.set(true);
      other.join();
      allocator.trim();
      assertEquals(0, allocator.statistics().inUse());
    }
  }

  /** Another thread, which holds little and goes on. */
  private static void allocateAndFree(Allocator allocator, AtomicBoolean stop, AtomicLong rounds) {
    while (!stop.get()) {
      allocator.free(allocator.allocate(31));
      rounds.incrementAndGet();
    }
  }
}
