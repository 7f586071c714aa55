package io.hakmem.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.config.SizeClasses;
import io.hakmem.thread.ClassCounters;
import java.util.Comparator;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;

class FastPathStatisticsTest {

  private static final String EVENT = "FastPathStatistics";

  private static void useEveryClass() {
    for (int size = 1; size <= SizeClasses.MAX_CLASS_BYTES; size += 13) {
      long[] blocks = {Hakmem.allocate(size), Hakmem.allocate(size), Hakmem.allocate(size)};
      for (long block : blocks) {
        Hakmem.free(block);
      }
    }
  }

  @Test
  void ofTheLastMomentAreTheExactCounters() throws Exception {
    List<RecordedEvent> events =
        Recordings.ofFreshThread(
            List.of(Recordings.enabled(EVENT), Recordings.enabled("FreePathInstalled")),
            FastPathStatisticsTest::useEveryClass);
    for (int c = 0; c < SizeClasses.COUNT; c++) {
      int sizeClass = c;
      RecordedEvent event =
          Recordings.named(events, EVENT).stream()
              .filter(e -> e.getInt("sizeClass") == sizeClass)
              .max(Comparator.comparing(RecordedEvent::getStartTime))
              .orElseThrow();
      ClassCounters counters = Hakmem.counters(sizeClass);
      assertEquals(SizeClasses.stride(sizeClass), event.getLong("blockSize"));
      assertEquals(counters.allocateHits(), event.getLong("allocateHits"));
      assertEquals(counters.freeHits(), event.getLong("freeHits"));
      assertEquals(counters.refills(), event.getLong("refills"));
      assertEquals(counters.rejections(), event.getLong("rejections"));
      assertEquals(counters.cached(), event.getLong("cachedBlocks"));
      assertEquals(counters.capacity(), event.getLong("capacity"));
      assertTrue(event.getLong("allocateHits") > 0, "class " + sizeClass + " was not used");
    }
  }

  @Test
  void areCumulativeOverChunks() throws Exception {
    List<RecordedEvent> events =
        Recordings.ofFreshThread(
            List.of(
                Recordings.enabled(EVENT), new Recordings.Setting(EVENT, "period", "everyChunk")),
            FastPathStatisticsTest::useEveryClass);
    for (int c = 0; c < SizeClasses.COUNT; c++) {
      int sizeClass = c;
      List<RecordedEvent> ofClass =
          Recordings.named(events, EVENT).stream()
              .filter(event -> event.getInt("sizeClass") == sizeClass)
              .sorted(Comparator.comparing(RecordedEvent::getStartTime))
              .toList();
      long first = ofClass.getFirst().getLong("allocateHits");
      long last = ofClass.getLast().getLong("allocateHits");
      // JFR's thread may come to the chunk's beginning when all is done already.
      assertTrue(first <= last, "class " + c + ": " + first + ", " + last);
      assertEquals(Hakmem.counters(c).allocateHits(), last);
    }
  }
}
