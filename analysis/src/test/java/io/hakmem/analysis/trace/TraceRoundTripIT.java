package io.hakmem.analysis.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.analysis.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real allocator: what is decoded is what the threads did, one by one. */
class TraceRoundTripIT {

  private static final int PAIRS = 40_000;
  private static final int THREADS = 4;
  private static final int SLOTS = 300;

  @TempDir Path folder;

  /** An operation as its thread saw it. */
  private record Done(boolean allocate, long address, long size, long alignment) {
    static Done of(Operation operation) {
      return new Done(
          operation.allocate(), operation.address(), operation.size(), operation.alignment());
    }
  }

  private final Map<Long, List<Done>> done = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Long> handedOver = new ConcurrentLinkedQueue<>();

  private Path record() throws Exception {
    Path file = folder.resolve("trace.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.hakmem.OperationTrace");
      recording.start();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        long seed = i;
        threads.add(Thread.ofPlatform().start(() -> work(seed)));
      }
      recording.dump(folder.resolve("part.jfr"));
      for (Thread thread : threads) {
        thread.join();
      }
      recording.stop();
      recording.dump(file);
    }
    return file;
  }

  private void work(long seed) {
    List<Done> mine = new ArrayList<>();
    SplittableRandom random = new SplittableRandom(seed);
    long[] slots = new long[SLOTS];
    for (int i = 0; i < PAIRS; i++) {
      int slot = random.nextInt(SLOTS);
      free(slots[slot], random.nextInt(4) == 0, mine);
      int kind = random.nextInt(1000);
      long size = random.nextInt(kind == 0 ? 3_000_000 : kind < 50 ? 120_000 : 1200);
      long alignment = kind < 100 ? 16L << random.nextInt(9) : 16;
      slots[slot] = Hakmem.allocateAligned(size, alignment);
      mine.add(new Done(true, slots[slot], size, alignment));
    }
    for (long block : slots) {
      free(block, false, mine);
    }
    done.put(Thread.currentThread().threadId(), mine);
  }

  /** Some go to whatever thread takes them next. */
  private void free(long block, boolean handOver, List<Done> mine) {
    Long mineToFree = block;
    if (handOver) {
      handedOver.add(block);
      mineToFree = handedOver.poll();
    }
    if (mineToFree != null && mineToFree != 0) {
      Hakmem.free(mineToFree);
      mine.add(new Done(false, mineToFree, -1, 0));
    }
  }

  @Test
  void everyOperationComesBack() throws Exception {
    Path file = record();
    Map<Long, List<Done>> decoded = new HashMap<>();
    Map<Long, Long> times = new HashMap<>();
    Trace.Result result =
        Trace.read(file)
            .decode(
                operation -> {
                  decoded
                      .computeIfAbsent(operation.thread(), thread -> new ArrayList<>())
                      .add(Done.of(operation));
                  Long before = times.put(operation.thread(), operation.time());
                  assertTrue(before == null || before <= operation.time(), operation::toString);
                });
    assertEquals(List.of(), result.faults());
    assertEquals(0, result.lost());
    assertEquals(done.keySet(), decoded.keySet());
    done.forEach((thread, operations) -> assertEquals(operations, decoded.get(thread)));
    assertTrue(result.operations() > 2L * THREADS * PAIRS * 9 / 10, result::toString);

    StringWriter out = new StringWriter();
    int code = Main.commandLine().setOut(new PrintWriter(out)).execute("trace", file.toString());
    assertEquals(Main.OK, code, out::toString);
    assertTrue(out.toString().contains("Complete"), out::toString);
  }
}
