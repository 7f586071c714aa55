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
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import jdk.jfr.Recording;
import jdk.jfr.RecordingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real allocator: what is decoded is what the threads did, one by one. */
class TraceRoundTripIT {

  private static final int PAIRS = 40_000;
  private static final int THREADS = 4;
  private static final int SLOTS = 300;
  private static final int SHORT_THREADS = 400;

  @TempDir Path folder;

  /** An operation as its thread saw it. */
  private record Done(boolean allocate, long address, long size, long alignment) {
    static Done of(Operation operation) {
      return new Done(
          operation.allocate(), operation.address(), operation.size(), operation.alignment());
    }
  }

  private final Map<Long, List<Done>> done = new ConcurrentHashMap<>();
  private final AtomicIntegerArray progress = new AtomicIntegerArray(THREADS);
  private volatile boolean stopped;
  private final ConcurrentLinkedQueue<Long> handedOver = new ConcurrentLinkedQueue<>();

  /** What is done to the recording while the threads run. */
  private interface Meanwhile {
    void happens(Recording recording, List<Thread> threads) throws Exception;
  }

  private Path record(List<Runnable> tasks, Meanwhile meanwhile) throws Exception {
    Path file = folder.resolve("trace.jfr");
    try (Recording recording = new Recording()) {
      recording.enable("io.hakmem.OperationTrace");
      recording.start();
      List<Thread> threads = new ArrayList<>();
      tasks.forEach(task -> threads.add(Thread.ofPlatform().start(task)));
      meanwhile.happens(recording, threads);
      for (Thread thread : threads) {
        thread.join();
      }
      if (recording.getState() == RecordingState.RUNNING) {
        recording.stop();
      }
      recording.dump(file);
    }
    return file;
  }

  /** Each dump ends a chunk. */
  private void dumpWhileAnyRuns(Recording recording, List<Thread> threads) throws Exception {
    while (threads.stream().anyMatch(Thread::isAlive)) {
      recording.dump(folder.resolve("part.jfr"));
    }
  }

  private List<Runnable> workers(int pairs) {
    List<Runnable> workers = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      long seed = i;
      workers.add(() -> work(seed, pairs));
    }
    return workers;
  }

  private void work(long seed, int pairs) {
    List<Done> mine = new ArrayList<>();
    done.put(Thread.currentThread().threadId(), mine);
    SplittableRandom random = new SplittableRandom(seed);
    long[] slots = new long[SLOTS];
    for (int i = 0; i < pairs && !stopped; i++) {
      int slot = random.nextInt(SLOTS);
      free(slots[slot], random.nextInt(4) == 0, mine);
      int kind = random.nextInt(1000);
      long size = random.nextInt(kind == 0 ? 3_000_000 : kind < 50 ? 120_000 : 1200);
      long alignment = kind < 100 ? 16L << random.nextInt(9) : 16;
      slots[slot] = Hakmem.allocateAligned(size, alignment);
      mine.add(new Done(true, slots[slot], size, alignment));
      progress.set((int) (seed % THREADS), mine.size());
    }
    for (long block : slots) {
      free(block, false, mine);
    }
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

  @AfterEach
  void stop() {
    stopped = true;
  }

  private Map<Long, List<Done>> decoded(Path file) throws Exception {
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
    return decoded;
  }

  @Test
  void everyOperationComesBack() throws Exception {
    Path file = record(workers(PAIRS), this::dumpWhileAnyRuns);
    Map<Long, List<Done>> decoded = decoded(file);
    assertEquals(done.keySet(), decoded.keySet());
    done.forEach((thread, operations) -> assertEquals(operations, decoded.get(thread)));
    int operations = decoded.values().stream().mapToInt(List::size).sum();
    assertTrue(operations > 2 * THREADS * PAIRS * 9 / 10, operations + " operations");

    StringWriter out = new StringWriter();
    int code = Main.commandLine().setOut(new PrintWriter(out)).execute("trace", file.toString());
    assertEquals(Main.OK, code, out::toString);
    assertTrue(out.toString().contains("Complete"), out::toString);
  }

  @Test
  void soDoThoseOfManyShortThreads() throws Exception {
    List<Runnable> tasks = new ArrayList<>();
    for (int i = 0; i < SHORT_THREADS; i++) {
      long seed = i;
      tasks.add(() -> work(seed, (int) seed));
    }
    Path file = record(tasks, this::dumpWhileAnyRuns);
    Map<Long, List<Done>> decoded = decoded(file);
    done.values().removeIf(List::isEmpty);
    assertEquals(done.keySet(), decoded.keySet());
    done.forEach((thread, operations) -> assertEquals(operations, decoded.get(thread)));
  }

  /** One trace runs; another recording begins in the middle of it, and a third after both. */
  @Test
  void aRecordingThatBeginsLaterHasAllFromThereOn() throws Exception {
    Path later = folder.resolve("later.jfr");
    int[] atStart = new int[THREADS];
    record(
        workers(Integer.MAX_VALUE),
        (recording, threads) -> {
          awaitProgress(PAIRS / 4);
          try (Recording second = new Recording()) {
            second.enable("io.hakmem.OperationTrace");
            second.start();
            for (int i = 0; i < THREADS; i++) {
              atStart[i] = progress.get(i);
            }
            recording.dump(folder.resolve("part.jfr"));
            awaitProgress(IntStream.of(atStart).max().orElseThrow() + PAIRS / 4);
            stopped = true;
            for (Thread thread : threads) {
              thread.join();
            }
            second.stop();
            second.dump(later);
          }
        });
    Map<Long, List<Done>> decoded = decoded(later);
    assertEquals(done.keySet(), decoded.keySet());
    int latestStart = IntStream.of(atStart).max().orElseThrow();
    decoded.forEach(
        (thread, operations) -> {
          List<Done> all = done.getOrDefault(thread, List.of());
          int missing = all.size() - operations.size();
          assertTrue(missing > 0, "the first recording had nothing for itself");
          assertTrue(missing <= latestStart + 2, missing + " of " + all.size() + " are missing");
          assertEquals(all.subList(missing, all.size()), operations);
        });
    StringWriter out = new StringWriter();
    int code = Main.commandLine().setOut(new PrintWriter(out)).execute("trace", later.toString());
    assertEquals(Main.OK, code, out::toString);
    assertTrue(out.toString().contains("in an earlier one"), out::toString);
  }

  /** The thread does nothing in between, so its cache is still traced as before. */
  @Test
  void aSecondTraceOfAnIdleThreadHasOnlyItsOwn() throws Exception {
    List<Done> mine = new ArrayList<>();
    long idle = Thread.currentThread().threadId();
    Path[] files = {folder.resolve("0.jfr"), folder.resolve("1.jfr")};
    for (Path file : files) {
      try (Recording recording = new Recording()) {
        recording.enable("io.hakmem.OperationTrace");
        recording.start();
        mine.clear();
        // The first recording may find grants that an earlier test left.
        for (int i = 0; i < 5000; i++) {
          long block = Hakmem.allocate(i % 200);
          mine.add(new Done(true, block, i % 200, 16));
          Hakmem.free(block);
          mine.add(new Done(false, block, -1, 0));
        }
        recording.stop();
        recording.dump(file);
      }
    }
    assertEquals(mine, decoded(files[1]).get(idle));
  }

  private void awaitProgress(int operations) {
    for (int i = 0; i < THREADS; i++) {
      while (progress.get(i) < operations) {
        Thread.onSpinWait();
      }
    }
  }

  /** What was done before is there, and behind it not more than what followed. */
  @Test
  void aStopInTheMiddleCutsOffTheEnds() throws Exception {
    int[] before = new int[THREADS];
    Path file =
        record(
            workers(Integer.MAX_VALUE),
            (recording, threads) -> {
              awaitProgress(PAIRS / 4);
              for (int i = 0; i < THREADS; i++) {
                before[i] = progress.get(i);
              }
              recording.stop();
              stopped = true;
            });
    Map<Long, List<Done>> decoded = decoded(file);
    assertEquals(done.keySet(), decoded.keySet());
    int[] found = decoded.values().stream().mapToInt(List::size).sorted().toArray();
    int[] sorted = IntStream.of(before).sorted().toArray();
    for (int i = 0; i < THREADS; i++) {
      assertTrue(found[i] >= sorted[i], () -> IntStream.of(found).boxed().toList().toString());
    }
    // The stop may have come between the last operation and what says that it was aligned.
    decoded.forEach(
        (thread, operations) ->
            assertEquals(
                done.getOrDefault(thread, List.of()).subList(0, operations.size() - 1),
                operations.subList(0, operations.size() - 1)));
  }
}
