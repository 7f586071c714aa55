package io.hakmem.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.thread.Balance;
import io.hakmem.thread.Tasks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How many operations are in which events; what they are is tested where they are decoded. */
class OperationTraceTest {

  private static final String EVENT = "OperationTrace";

  @TempDir Path folder;

  private static void pairs(int count) {
    for (int i = 0; i < count; i++) {
      Hakmem.free(Hakmem.allocate(i % 3000));
    }
  }

  private static List<RecordedEvent> traced(Tasks.Task task) throws Exception {
    return Recordings.named(Recordings.of(List.of(Recordings.enabled(EVENT)), task), EVENT);
  }

  /** Operations by thread, each counted once. */
  private static Map<Long, Long> operations(List<RecordedEvent> events) {
    Map<Long, Long> operations = new TreeMap<>();
    for (RecordedEvent event : events) {
      int fresh = event.getInt("operations") - event.getInt("repeatedOperations");
      assertTrue(fresh >= 0, event::toString);
      operations.merge(event.getLong("threadId"), (long) fresh, Long::sum);
    }
    return operations;
  }

  @Test
  void aThreadThatEndedIsInItWhole() throws Exception {
    AtomicLong id = new AtomicLong();
    Balance balance = Balance.now();
    List<RecordedEvent> events =
        traced(
            () ->
                Tasks.onFreshThread(
                    () -> {
                      id.set(Thread.currentThread().threadId());
                      pairs(20_011);
                    }));
    assertEquals(40_022L, operations(events).get(id.get()));
    assertEquals(20_011, balance.allPops());
    assertTrue(events.size() > 5, "all in " + events.size() + " events");
    for (RecordedEvent event : events) {
      assertEquals(2, event.getInt("version"));
      assertFalse(event.getString("threadName").isEmpty());
      assertEquals(0, event.getLong("lostOperations"));
      assertTrue(event.getLong("age") > 0, event::toString);
      assertTrue(event.getLong("checksum") > 0, event::toString);
      assertTrue(event.getString("data").chars().allMatch(c -> c < 256), "more than 8 bits");
    }
  }

  @Test
  void aPairOfOperationsIsWrittenWhenTheRecordingStops() throws Exception {
    Map<Long, Long> operations = operations(traced(() -> Tasks.onFreshThread(() -> pairs(1))));
    assertEquals(List.of(2L), List.copyOf(operations.values()));
  }

  @Test
  void everyWayToAllocateIsInIt() throws Exception {
    List<RecordedEvent> events =
        traced(
            () ->
                Tasks.onFreshThread(
                    () -> {
                      Hakmem.free(Hakmem.allocate(200_000));
                      Hakmem.free(Hakmem.allocate(3_000_000));
                      Hakmem.free(Hakmem.allocateAligned(1000, 4096));
                      long handle = Hakmem.threadCache().allocate(77);
                      Hakmem.threadCache().free(handle);
                    }));
    assertEquals(List.of(8L), List.copyOf(operations(events).values()));
  }

  /** A thread that has grants joins when they end; it says how much it did before. */
  @Test
  void whatAThreadDidBeforeItJoinedIsCounted() throws Exception {
    int count = 5000;
    AtomicLong id = new AtomicLong();
    List<RecordedEvent> events;
    try (Recording recording = new Recording()) {
      recording.enable("io.hakmem." + EVENT);
      Tasks.onFreshThread(
          () -> {
            id.set(Thread.currentThread().threadId());
            pairs(10_000);
            recording.start();
            pairs(count);
            recording.stop();
          });
      Path file = folder.resolve("late.jfr");
      recording.dump(file);
      events = Recordings.named(RecordingFile.readAllEvents(file), EVENT);
    }
    long lost =
        events.stream()
            .filter(event -> event.getLong("threadId") == id.get())
            .mapToLong(event -> event.getLong("lostOperations"))
            .max()
            .orElse(0);
    assertEquals(2L * count, operations(events).getOrDefault(id.get(), 0L) + lost);
    assertTrue(operations(events).containsKey(id.get()), "never joined");
  }

  /** A dump ends the chunk in the middle of a buffer; the next event repeats its start. */
  @Test
  void nothingIsLostOrDoubleAcrossChunks() throws Exception {
    Path file = folder.resolve("chunks.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.hakmem." + EVENT);
      recording.start();
      Tasks.onFreshThread(
          () -> {
            for (int i = 0; i < 5; i++) {
              pairs(100);
              recording.dump(folder.resolve("part" + i + ".jfr"));
            }
            pairs(100);
          });
      recording.stop();
      recording.dump(file);
    }
    List<RecordedEvent> events = Recordings.named(RecordingFile.readAllEvents(file), EVENT);
    assertEquals(List.of(1200L), List.copyOf(operations(events).values()));
    assertTrue(
        events.stream().anyMatch(event -> event.getInt("repeatedOperations") > 0),
        "nothing was repeated");
  }

  @Test
  void hitsAreSampledMeanwhile() throws Exception {
    List<RecordedEvent> events =
        Recordings.of(
            List.of(
                Recordings.enabled(EVENT),
                Recordings.enabled("FastPathHit"),
                new Recordings.Setting("FastPathHit", "interval", "20")),
            () -> Tasks.onFreshThread(() -> pairs(100_000)));
    double samples = Recordings.named(events, "FastPathHit").size();
    assertEquals(10_000, samples, 1500, "one in 20 of 200,000 hits");
    assertEquals(
        List.of(200_000L), List.copyOf(operations(Recordings.named(events, EVENT)).values()));
  }

  @Test
  void cachesWorkAsUsualAfterwards() throws Exception {
    traced(() -> pairs(1000));
    Balance balance = Balance.now();
    pairs(10_000);
    balance.assertAllReturned();
    assertEquals(List.of(), Recordings.named(Recordings.of(List.of(), () -> pairs(10)), EVENT));
  }
}
