package io.hakmem.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.Sizes;
import io.hakmem.config.BlockLayout;
import io.hakmem.thread.Balance;
import io.hakmem.thread.ClassCounters;
import io.hakmem.thread.Internals;
import io.hakmem.thread.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlowPathFallbackTest {

  private static final String EVENT = "SlowPathFallback";
  private static final Set<String> SOURCES = Set.of("central", "slab", "segment", "os");

  private ClassCounters counters = ClassCounters.ZERO;

  private static List<RecordedEvent> fallbacks(Tasks.Task task) throws Exception {
    return Recordings.named(
        Recordings.ofFreshThread(List.of(Recordings.enabled(EVENT)), task), EVENT);
  }

  private static List<RecordedEvent> fallbacks(List<RecordedEvent> events, String reason) {
    return events.stream().filter(event -> event.getString("reason").equals(reason)).toList();
  }

  private static long blocksMoved(List<RecordedEvent> events) {
    return events.stream().mapToLong(event -> event.getLong("blocksMoved")).sum();
  }

  private static void assertFields(
      RecordedEvent event, String operation, int sizeClass, long requestedSize) {
    assertEquals(operation, event.getString("operation"));
    assertEquals(sizeClass, event.getInt("sizeClass"));
    assertEquals(requestedSize, event.getLong("requestedSize"));
    assertTrue(SOURCES.contains(event.getString("source")), event::toString);
    assertFalse(event.getDuration().isNegative(), event::toString);
    assertFalse(event.getStackTrace().getFrames().isEmpty(), event::toString);
  }

  @Test
  void anEmptyListIsRefilled() throws Exception {
    int sizeClass = Sizes.classOf(739);
    List<RecordedEvent> events =
        fallbacks(
            () -> {
              long block = Hakmem.allocate(739);
              Hakmem.free(block);
              counters = Balance.ofThisThread(sizeClass);
            });
    assertEquals(1, events.size());
    assertFields(events.getFirst(), "allocate", sizeClass, 739);
    assertEquals("cacheEmpty", events.getFirst().getString("reason"));
    assertEquals(counters.refilled(), events.getFirst().getLong("blocksMoved"));
    assertEquals(1, counters.refills());
  }

  /** Frees after the grants were made put blocks on the list that nobody was granted. */
  @Test
  void aShortListIsToppedUp() throws Exception {
    int sizeClass = Sizes.classOf(743);
    long[] blocks = new long[1 << 12];
    List<RecordedEvent> events =
        fallbacks(
            () -> {
              int count = 0;
              do {
                blocks[count++] = Hakmem.allocate(743);
              } while (Balance.ofThisThread(sizeClass).cached() > 0);
              for (int i = 0; i < 5; i++) {
                Hakmem.free(blocks[--count]);
              }
              blocks[count++] = Hakmem.allocate(743);
              while (count > 0) {
                Hakmem.free(blocks[--count]);
              }
              counters = Balance.ofThisThread(sizeClass);
            });
    List<RecordedEvent> low = fallbacks(events, "cacheLow");
    assertEquals(1, low.size(), events::toString);
    assertFields(low.getFirst(), "allocate", sizeClass, 743);
    assertEquals(counters.refills(), 1 + fallbacks(events, "cacheEmpty").size());
  }

  @Test
  void aFullListIsSpilled() throws Exception {
    int sizeClass = Sizes.classOf(751);
    long[] blocks = new long[1500];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Hakmem.allocate(751);
    }
    List<RecordedEvent> events =
        fallbacks(
            () -> {
              for (long block : blocks) {
                Hakmem.free(block);
              }
              counters = Balance.ofThisThread(sizeClass);
            });
    List<RecordedEvent> full = fallbacks(events, "cacheFull");
    assertEquals(events.size(), full.size());
    assertFalse(full.isEmpty());
    assertEquals(counters.rejections(), full.size());
    assertEquals(counters.spilled(), blocksMoved(full));
    for (RecordedEvent event : full) {
      assertFields(event, "free", sizeClass, -1);
      assertEquals("central", event.getString("source"));
    }
  }

  @ParameterizedTest
  @CsvSource({"200003, segment", "2000003, os"})
  void aBlockAboveTheClassesIsNotTiny(long size, String source) throws Exception {
    List<RecordedEvent> events = fallbacks(() -> Hakmem.free(Hakmem.allocate(size)));
    assertEquals(2, events.size());
    assertFields(events.getFirst(), "allocate", -1, size);
    assertFields(events.getLast(), "free", -1, -1);
    for (RecordedEvent event : events) {
      assertEquals("notTiny", event.getString("reason"));
      assertEquals(source, event.getString("source"));
      assertEquals(0, event.getLong("blocksMoved"));
    }
  }

  @Test
  void aBlockFreedByAnAlignedAddressIsFoundByItsHeader() throws Exception {
    long[] blocks = new long[9];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Hakmem.allocateAligned(600, 1024);
    }
    List<RecordedEvent> events =
        fallbacks(
            () -> {
              for (long block : blocks) {
                Hakmem.free(block);
              }
            });
    List<RecordedEvent> aligned = fallbacks(events, "aligned");
    assertFalse(aligned.isEmpty());
    for (RecordedEvent event : aligned) {
      assertEquals("free", event.getString("operation"));
      assertEquals(-1, event.getInt("sizeClass"));
      assertEquals(-1, event.getLong("requestedSize"));
      assertFalse(event.getStackTrace().getFrames().isEmpty());
      assertEquals("header", event.getString("source"));
      assertEquals(0, event.getLong("blocksMoved"));
    }
  }

  /** 200 of 200,000 on average: fewer than half or more than twice that is no chance. */
  @Test
  void ofAlignedFreesOneInSoManyHasAnEvent() throws Exception {
    List<RecordedEvent> events =
        Recordings.named(
            Recordings.ofFreshThread(
                List.of(
                    Recordings.enabled(EVENT),
                    new Recordings.Setting(EVENT, "alignedInterval", "1000")),
                () -> {
                  for (int i = 0; i < 200_000; i++) {
                    Hakmem.free(Hakmem.allocateAligned(600, 1024));
                  }
                }),
            EVENT);
    int aligned = fallbacks(events, "aligned").size();
    assertTrue(aligned > 100 && aligned < 400, () -> aligned + " events");
  }

  /**
   * A thread that takes more than all segments hold goes to the bottom; a second one, while the
   * central list is empty, carves on where the first stopped; what both free is central.
   */
  @Test
  void theDeepestStoreIsNamed() throws Exception {
    Set<String> sources = new TreeSet<>();
    for (RecordedEvent event :
        fallbacks(
            () -> {
              List<Long> blocks = takeUntilTheProcessGrows();
              Tasks.onFreshThread(() -> take(200).forEach(Hakmem::free));
              blocks.forEach(Hakmem::free);
              take(blocks.size()).forEach(Hakmem::free);
            })) {
      sources.add(event.getString("source"));
    }
    assertEquals(new TreeSet<>(SOURCES), sources);
  }

  private static List<Long> takeUntilTheProcessGrows() {
    long limit = Internals.footprint().reservedBytes() + 2L * BlockLayout.SEGMENT_BYTES;
    List<Long> blocks = new ArrayList<>();
    while (Internals.footprint().reservedBytes() < limit) {
      blocks.addAll(take(1000));
    }
    return blocks;
  }

  private static List<Long> take(int count) {
    List<Long> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      blocks.add(Hakmem.allocate(1031));
    }
    return blocks;
  }

  /** A threshold is what a profile uses to keep only the slow ones. */
  @Test
  void aThresholdKeepsTheLongOnes() throws Exception {
    List<Recordings.Setting> tiny =
        List.of(Recordings.enabled(EVENT), new Recordings.Setting(EVENT, "threshold", "1 ns"));
    List<Recordings.Setting> huge =
        List.of(Recordings.enabled(EVENT), new Recordings.Setting(EVENT, "threshold", "1 h"));
    for (long size : new long[] {757, 2000003}) {
      long[] block = {0};
      assertFalse(
          Recordings.named(
                  Recordings.ofFreshThread(tiny, () -> block[0] = Hakmem.allocate(size)), EVENT)
              .isEmpty(),
          "size " + size);
      Hakmem.free(block[0]);
      assertEquals(
          List.of(),
          Recordings.named(
              Recordings.ofFreshThread(huge, () -> Hakmem.free(Hakmem.allocate(size))), EVENT));
    }
  }
}
