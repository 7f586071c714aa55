package io.hakmem.event;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Cookie;
import io.hakmem.Hakmem;
import io.hakmem.thread.Balance;
import io.hakmem.thread.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;

/**
 * Recordings come and go while threads do: nobody waits for ever, no block and no count is lost.
 */
class RecordingChurnTest {

  private static final List<String> EVENTS =
      List.of(
          "FastPathHit",
          "FastPathStatistics",
          "SlowPathFallback",
          "CapacityRejection",
          "FreePathInstalled",
          "SegmentReserve",
          "SegmentRelease");

  private static void record(int round) {
    try (Recording recording = new Recording()) {
      for (String event : EVENTS) {
        recording.enable("io.hakmem." + event).withoutStackTrace();
      }
      recording.enable("io.hakmem.FastPathHit").with("interval", round % 2 == 0 ? "1" : "50");
      recording.enable("io.hakmem.FastPathStatistics").with("period", "1 ms");
      if (round % 3 > 0) {
        recording.enable("io.hakmem.OperationTrace");
      }
      recording.start();
    }
  }

  private static void allocateOnNewThreads(AtomicBoolean done) throws InterruptedException {
    while (!done.get()) {
      Tasks.onFreshThread(() -> allocate(300));
    }
  }

  private static void allocate(int count) {
    long[] blocks = new long[count];
    for (int i = 0; i < count; i++) {
      blocks[i] = Hakmem.allocate(i * 4L);
      Cookie.write(blocks[i], i * 4L, i);
    }
    for (int i = 0; i < count; i++) {
      Cookie.verify(blocks[i], i * 4L, i);
      Hakmem.free(blocks[i]);
    }
  }

  @Test
  void leavesTheBooksInOrder() throws Exception {
    Balance balance = Balance.now();
    AtomicBoolean done = new AtomicBoolean();
    List<Tasks.Task> tasks = new ArrayList<>();
    tasks.add(() -> allocateOnNewThreads(done));
    tasks.add(() -> allocateOnNewThreads(done));
    tasks.add(
        () -> {
          while (!done.get()) {
            allocate(300);
          }
        });
    tasks.add(
        () -> {
          try {
            for (int round = 0; round < 15; round++) {
              record(round);
            }
          } finally {
            done.set(true);
          }
        });
    Tasks.together(tasks);
    balance.assertAllReturned();
    assertTrue(balance.allPops() > 300, "nobody allocated");
  }
}
