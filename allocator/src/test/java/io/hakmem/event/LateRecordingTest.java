package io.hakmem.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.ChildJvm;
import io.hakmem.Hakmem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;

/** The first recording of a JVM in which the allocator has long been in use. */
class LateRecordingTest {

  /** Prints how many events of each kind the recording has, and what the first path says. */
  static final class Program {
    public static void main(String[] arguments) throws Exception {
      for (int i = 0; i < 100_000; i++) {
        Hakmem.free(Hakmem.allocate(i % 2000));
      }
      List<RecordedEvent> events =
          Recordings.ofFreshThread(
              List.of(
                  Recordings.enabled("FreePathInstalled"),
                  Recordings.enabled("SlowPathFallback"),
                  Recordings.enabled("FastPathStatistics"),
                  new Recordings.Setting("FastPathStatistics", "period", "endChunk")),
              () -> Hakmem.free(Hakmem.allocate(977)));
      Map<String, Integer> counts = new TreeMap<>();
      for (RecordedEvent event : events) {
        counts.merge(event.getEventType().getName(), 1, Integer::sum);
      }
      System.out.println(counts);
      RecordedEvent path = Recordings.named(events, "FreePathInstalled").getFirst();
      System.out.printf(
          "%s '%s' %s %s%n",
          path.getString("freePath"),
          path.getString("previous"),
          path.getString("by"),
          path.getBoolean("proven"));
    }
  }

  @Test
  void hasThePathTheFallbacksAndTheCounters() throws Exception {
    ChildJvm.Result result = ChildJvm.run(Program.class, List.of());
    assertEquals(0, result.exitCode(), result::output);
    assertTrue(result.output().contains("direct '' default true"), result::output);
    assertTrue(result.output().contains("io.hakmem.SlowPathFallback=1"), result::output);
    assertTrue(result.output().contains("io.hakmem.FastPathStatistics="), result::output);
  }

  /** Prints what a recording has in which nobody allocates: as often as each kind comes. */
  static final class IdleProgram {
    public static void main(String[] arguments) throws Exception {
      for (int i = 0; i < 100_000; i++) {
        Hakmem.free(Hakmem.allocate(i % 2000));
      }
      List<RecordedEvent> events =
          Recordings.of(
              List.of(
                  Recordings.enabled("FreePathInstalled"),
                  Recordings.enabled("AllocatorConfiguration"),
                  Recordings.enabled("FastPathStatistics")),
              () -> {});
      long hits =
          Recordings.named(events, "FastPathStatistics").stream()
              .filter(event -> event.getInt("sizeClass") == 8)
              .mapToLong(event -> event.getLong("freeHits"))
              .max()
              .orElse(-1);
      System.out.printf(
          "%d paths, %d configurations, counted %b%n",
          Recordings.named(events, "FreePathInstalled").size(),
          Recordings.named(events, "AllocatorConfiguration").size(),
          hits == Hakmem.counters(8).freeHits() && hits > 0);
    }
  }

  @Test
  void hasThemAlsoOfAProgramThatIsIdle() throws Exception {
    ChildJvm.Result result = ChildJvm.run(IdleProgram.class, List.of());
    assertEquals(0, result.exitCode(), result::output);
    assertTrue(result.output().contains("2 paths, 1 configurations, counted true"), result::output);
  }

  /** Prints how far the counters rise in a recording that begins before the first allocator. */
  static final class EarlyProgram {
    public static void main(String[] arguments) throws Exception {
      List<RecordedEvent> ofClass =
          Recordings.named(
                  Recordings.of(
                      List.of(
                          Recordings.enabled("FastPathStatistics"),
                          new Recordings.Setting("FastPathStatistics", "period", "everyChunk")),
                      () -> {
                        for (int i = 0; i < 1009; i++) {
                          Hakmem.free(Hakmem.allocate(100));
                        }
                      }),
                  "FastPathStatistics")
              .stream()
              .filter(event -> event.getLong("blockSize") == 128)
              .toList();
      long most = ofClass.stream().mapToLong(event -> event.getLong("freeHits")).max().orElse(-1);
      long least = ofClass.stream().mapToLong(event -> event.getLong("freeHits")).min().orElse(-1);
      System.out.println("rose by " + (most - least));
    }
  }

  @Test
  void countersBeginWithTheAllocator() throws Exception {
    ChildJvm.Result result = ChildJvm.run(EarlyProgram.class, List.of());
    assertEquals(0, result.exitCode(), result::output);
    assertTrue(result.output().contains("rose by 1009"), result::output);
  }
}
