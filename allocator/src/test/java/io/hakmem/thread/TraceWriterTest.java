package io.hakmem.thread;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The writer is held up by a buffer that it cannot write, while others wait behind it. */
class TraceWriterTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  @TempDir Path folder;

  private final TraceBuffer plug = new TraceBuffer();
  private final Recording recording = new Recording();

  @BeforeEach
  void holdUp() {
    plug.lock.lock();
    TraceWriter.add(plug);
    recording.enable("io.hakmem.OperationTrace");
    recording.start();
  }

  @AfterEach
  void close() {
    if (plug.lock.isHeldByCurrentThread()) {
      plug.lock.unlock();
    }
    recording.close();
  }

  private static Thread pairs(String name, int count) throws InterruptedException {
    Thread thread =
        Thread.ofPlatform()
            .name(name)
            .start(
                () -> {
                  for (int i = 0; i < count; i++) {
                    Hakmem.free(Hakmem.allocate(i % 3000));
                  }
                });
    thread.join();
    return thread;
  }

  private List<RecordedEvent> eventsOf(Thread thread) throws Exception {
    Path file = folder.resolve("trace.jfr");
    recording.dump(file);
    return RecordingFile.readAllEvents(file).stream()
        .filter(event -> event.getEventType().getName().equals("io.hakmem.OperationTrace"))
        .filter(event -> event.getLong("threadId") == thread.threadId())
        .toList();
  }

  /** Each operation is in one event, or said to be repeated. */
  private static void assertWhole(long operations, List<RecordedEvent> events) {
    List<Long> parts = new ArrayList<>();
    long sum = 0;
    for (RecordedEvent event : events) {
      parts.add(event.getLong("firstOperation") + event.getInt("repeatedOperations"));
      sum += event.getInt("operations") - event.getInt("repeatedOperations");
      assertEquals(0, event.getLong("lostOperations"));
    }
    assertEquals(operations, sum);
    assertEquals(parts.size(), parts.stream().distinct().count(), "some are there twice");
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long end = System.nanoTime() + LONG.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < end, "waited in vain");
      Thread.sleep(1);
    }
  }

  @Test
  void ownersWriteThemselvesWhileItIsBehind() throws Exception {
    Thread owner = pairs("owner", 200_000);
    await(plug.lock::hasQueuedThreads);
    plug.lock.unlock();
    recording.stop();
    List<RecordedEvent> events = eventsOf(owner);
    assertWhole(400_000, events);
    long byItself =
        events.stream().filter(e -> e.getThread().getJavaName().equals("owner")).count();
    long byOthers = events.size() - byItself;
    assertTrue(byItself > 0, "none of " + events.size());
    // The plug is one of those that wait, and the last buffer is not full.
    assertTrue(
        byOthers >= TraceWriter.MOST_WAITING - 1, byOthers + " of " + events.size() + " waited");
  }

  @Test
  void aStopWritesWhatDeadThreadsLeftInTheQueue() throws Exception {
    Thread dead = pairs("dead", 20_000);
    for (int i = 0; i < 10; i++) {
      pairs("newcomer", 10);
    }
    Thread stopper = Thread.ofPlatform().start(recording::stop);
    await(() -> plug.lock.getQueueLength() == 2);
    assertTrue(stopper.isAlive(), "did not wait for the queue");
    plug.lock.unlock();
    stopper.join();
    List<RecordedEvent> events = eventsOf(dead);
    assertWhole(40_000, events);
    assertTrue(
        events.stream().noneMatch(e -> e.getThread().getJavaName().equals("dead")),
        "its buffers did not wait");
  }
}
