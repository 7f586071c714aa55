package io.hakmem.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.ChildJvm;
import io.hakmem.Hakmem;
import java.util.List;
import jdk.jfr.FlightRecorder;
import org.junit.jupiter.api.Test;

/** A program that never records pays nothing for the events: not even their classes. */
class NoRecordingTest {

  /** A million operations through every kind of path. */
  static final class Program {
    public static void main(String[] arguments) {
      long[] blocks = new long[5000];
      for (int round = 0; round < 100; round++) {
        for (int i = 0; i < blocks.length; i++) {
          blocks[i] = Hakmem.allocate(i % 5000);
        }
        for (long block : blocks) {
          Hakmem.free(block);
        }
        Hakmem.free(Hakmem.allocate(200_003L * (1 + round % 10)));
      }
      System.out.println("Flight Recorder " + FlightRecorder.isInitialized());
      System.out.println("rejections " + Hakmem.counters(15).rejections());
    }
  }

  private static List<String> eventClasses(ChildJvm.Result result, String logged) {
    return result.lines().stream()
        .filter(line -> line.contains(logged))
        .filter(line -> line.contains("io.hakmem.event.") || line.contains("io/hakmem/event/"))
        .filter(
            line ->
                !line.contains("Events")
                    && !line.contains("Sources")
                    && !line.contains("NoRecordingTest"))
        .toList();
  }

  @Test
  void initialisesNoEventClassAndDoesNotStartFlightRecorder() throws Exception {
    ChildJvm.Result result =
        ChildJvm.run(Program.class, List.of("-Xlog:class+init=info", "-Xlog:class+load=info"));
    assertEquals(0, result.exitCode(), result::output);
    assertTrue(result.output().contains("rejections "), "the program did not end");
    assertTrue(result.output().contains("io.hakmem.event.Events"), "the log shows no classes");
    assertEquals(List.of(), eventClasses(result, "nitializing"));
    // The verifier may load a class that code passes on; one that is created stays out.
    List<String> loaded = eventClasses(result, "source:");
    assertTrue(loaded.stream().noneMatch(l -> l.contains("FastPathHit")), loaded::toString);
    assertTrue(result.output().contains("Flight Recorder false"), "Flight Recorder was started");
    List<String> recorder =
        result.lines().stream()
            .filter(l -> l.contains("jdk.jfr.internal.MetadataRepository source:"))
            .toList();
    assertEquals(List.of(), recorder);
  }
}
