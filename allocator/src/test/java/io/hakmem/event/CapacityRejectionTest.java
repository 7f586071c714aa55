package io.hakmem.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.Sizes;
import io.hakmem.config.SizeClasses;
import io.hakmem.thread.Balance;
import io.hakmem.thread.ClassCounters;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;

class CapacityRejectionTest {

  private static final int SIZE = 311;
  private static final int CLASS = Sizes.classOf(SIZE);

  @Test
  void happensAtCapacityAndSpillsHalf() throws Exception {
    long[] blocks = new long[4001];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Hakmem.allocate(SIZE);
    }
    ClassCounters[] counters = {ClassCounters.ZERO};
    List<RecordedEvent> rejections =
        Recordings.named(
            Recordings.ofFreshThread(
                List.of(Recordings.enabled("CapacityRejection")),
                () -> {
                  for (long block : blocks) {
                    Hakmem.free(block);
                  }
                  counters[0] = Balance.ofThisThread(CLASS);
                }),
            "CapacityRejection");
    assertFalse(rejections.isEmpty());
    assertEquals(counters[0].rejections(), rejections.size());
    long spilled = 0;
    long smallest = Long.MAX_VALUE;
    for (RecordedEvent event : rejections) {
      long cached = event.getLong("cachedBlocks");
      assertEquals(CLASS, event.getInt("sizeClass"));
      assertEquals(event.getLong("capacity"), cached);
      assertEquals((cached + 1) / 2, event.getLong("blocksSpilled"));
      assertTrue(cached <= SizeClasses.maxCapacity(CLASS), event::toString);
      assertFalse(event.getStackTrace().getFrames().isEmpty());
      spilled += event.getLong("blocksSpilled");
      smallest = Math.min(smallest, cached);
    }
    assertEquals(counters[0].spilled(), spilled);
    assertEquals(SizeClasses.maxCapacity(CLASS), rejections.getLast().getLong("capacity"));
    assertTrue(smallest < SizeClasses.maxCapacity(CLASS), "the capacity never grew");
  }
}
