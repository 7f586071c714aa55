package io.hakmem.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Allocator;
import io.hakmem.Hakmem;
import io.hakmem.config.SizeClasses;
import io.hakmem.thread.ClassCounters;
import io.hakmem.thread.Tasks;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  /** So many of the values count what was done; the others say what is there. */
  private static final int OPERATIONS = 4;

  private static long[] values(RecordedEvent event) {
    return Stream.of(
            "allocateHits", "freeHits", "refills", "rejections", "cachedBlocks", "capacity")
        .mapToLong(event::getLong)
        .toArray();
  }

  private static long[] values(ClassCounters counters) {
    return new long[] {
      counters.allocateHits(),
      counters.freeHits(),
      counters.refills(),
      counters.rejections(),
      counters.cached(),
      counters.capacity()
    };
  }

  private static long[] minus(long[] after, long[] before) {
    return IntStream.range(0, after.length).mapToLong(i -> after[i] - before[i]).toArray();
  }

  /** The counters at both ends of a recording, by class. */
  private static Map<Integer, List<RecordedEvent>> bothEnds(Tasks.Task task) throws Exception {
    List<RecordedEvent> events =
        Recordings.of(
            List.of(
                Recordings.enabled(EVENT), new Recordings.Setting(EVENT, "period", "everyChunk")),
            task);
    return Recordings.named(events, EVENT).stream()
        .sorted(Comparator.comparing(RecordedEvent::getStartTime))
        .collect(Collectors.groupingBy(event -> event.getInt("sizeClass")));
  }

  /**
   * Other tests leave allocators of their own, which do nothing meanwhile but may be collected:
   * then what they hold goes, and what they did stays.
   */
  @Test
  void riseInARecordingAsTheExactCountersDo() throws Exception {
    Tasks.onFreshThread(FastPathStatisticsTest::useEveryClass);
    ClassCounters[] before = new ClassCounters[SizeClasses.COUNT];
    Arrays.setAll(before, Hakmem::counters);
    Map<Integer, List<RecordedEvent>> events =
        bothEnds(() -> Tasks.onFreshThread(FastPathStatisticsTest::useEveryClass));
    for (int c = 0; c < SizeClasses.COUNT; c++) {
      List<RecordedEvent> ofClass = events.getOrDefault(c, List.of());
      long[] did = minus(values(Hakmem.counters(c)), values(before[c]));
      assertEquals(SizeClasses.stride(c), ofClass.getLast().getLong("blockSize"));
      long[] recorded = minus(values(ofClass.getLast()), values(ofClass.getFirst()));
      assertArrayEquals(
          Arrays.copyOf(did, OPERATIONS), Arrays.copyOf(recorded, OPERATIONS), "class " + c);
      assertTrue(recorded[4] <= did[4] && recorded[5] <= did[5], "class " + c);
      assertTrue(did[0] > 0, "class " + c + " was not used");
    }
  }

  @Test
  void areThoseOfAllAllocatorsAlsoOfClosedOnes() throws Exception {
    int sizeClass = SizeClasses.of(100);
    List<RecordedEvent> ofClass =
        bothEnds(
                () -> {
                  try (Allocator own = Allocator.create()) {
                    for (int i = 0; i < 1000; i++) {
                      long block = own.allocate(100);
                      if (i % 2 == 0) {
                        own.free(block);
                      }
                    }
                  }
                })
            .getOrDefault(sizeClass, List.of());
    long[] did = minus(values(ofClass.getLast()), values(ofClass.getFirst()));
    assertEquals(1000, did[0] + did[2]);
    assertEquals(500, did[1] + did[3]);
    assertTrue(did[4] <= 0, "blocks of the closed allocator count as cached");
    assertTrue(did[5] <= 0, "so does its capacity");
  }
}
