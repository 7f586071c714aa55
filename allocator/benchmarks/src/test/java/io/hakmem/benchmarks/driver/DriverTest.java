package io.hakmem.benchmarks.driver;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.benchmarks.peer.Peer;
import io.hakmem.benchmarks.peer.PeerCatalog;
import io.hakmem.config.SizeClasses;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DriverTest {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private int run(String... arguments) throws InterruptedException {
    return Driver.run(
        arguments,
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8));
  }

  private static Peer peer(String name) {
    return PeerCatalog.find(name).orElseThrow().create();
  }

  private static long allocations() {
    long count = 0;
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      count += Hakmem.counters(sizeClass).pops();
    }
    return count;
  }

  private static long frees() {
    long count = 0;
    for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
      count += Hakmem.counters(sizeClass).pushes();
    }
    return count;
  }

  /** One round each: what was allocated is freed, and the operations are those it reports. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "random-mixed",
        "fixed-size",
        "pairs",
        "larson",
        "producer-consumer",
        "message-passing",
        "short-threads",
        "virtual-threads",
        "grow-shrink"
      })
  void everyWorkloadFreesWhatItAllocates(String name) throws InterruptedException {
    Loads.Entry load = Loads.find(name).orElseThrow();
    long allocated = allocations();
    long freed = frees();
    Peer peer = peer("hakmem");
    Round round = load.load().round(new Settings(50_000, 100, 3, 7), peer);
    Team.run(peer, round);
    long done = allocations() - allocated;
    assertEquals(done, frees() - freed);
    assertTrue(round.operations() >= 48_000, () -> "too few: " + round);
    // Half of them allocate. Where the last blocks are freed beyond the count, it is a few more.
    double share = (double) done / round.operations();
    assertTrue(share > 0.45 && share < 1.05, () -> done + " allocations of " + round);
  }

  @ParameterizedTest
  @CsvSource({
    "hakmem-handle, message-passing",
    "hakmem-handle, larson",
    "hakmem-handle, short-threads",
    "hakmem-handle-sized, producer-consumer",
    "hakmem-sized, message-passing",
    "hakmem-sized, large-sizes",
    "malloc, producer-consumer",
    "arena, random-mixed",
    "byte-buffer, random-mixed",
    "floor, larson",
    "malloc-default, large-sizes",
    "hakmem, large-sizes"
  })
  void everyPeerOfTheJdkTakesPart(String peer, String workload) throws InterruptedException {
    assertEquals(Driver.OK, run(peer, workload, "3000", "50", "2", "5"), err::toString);
    String last = out.toString(StandardCharsets.UTF_8).strip().lines().toList().getLast();
    assertTrue(
        last.matches("Throughput = \\d+ ops/s \\[iter=\\d+ ws=50\\] time=\\d+\\.\\d+s"), last);
  }

  @Test
  void whoCannotSaysSo() throws InterruptedException {
    assertEquals(Driver.UNFIT, run("arena", "larson"));
    assertEquals(Driver.UNFIT, run("hakmem-handle", "virtual-threads"));
    String text = err.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains("peer arena cannot do larson"), text);
  }

  @Test
  void peersOfOtherProjectsAreNoDependency() throws InterruptedException {
    assertEquals(Driver.ABSENT, run("netty-pooled", "random-mixed"));
    assertTrue(err.toString(StandardCharsets.UTF_8).contains("not on the class path"));
  }

  @Test
  void listNamesEveryWorkloadAndPeer() throws InterruptedException {
    assertEquals(Driver.OK, run("list"));
    List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();
    assertEquals(Loads.entries().size() + PeerCatalog.entries().size(), lines.size());
    assertTrue(lines.contains("peer\thakmem\tours, static methods\tpresent\t"), lines::toString);
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("peer\tarrow\tArrow, defaults\tabsent\t")));
  }

  @ParameterizedTest
  @CsvSource({
    "nobody random-mixed, unknown peer 'nobody'",
    "hakmem walk, unknown workload 'walk'",
    "hakmem, expected list",
    "hakmem random-mixed many, operations must be 1 to",
    "hakmem random-mixed 10 0, working set must be 1 to",
    "hakmem random-mixed 10 10 0, threads must be 1 to",
    "hakmem random-mixed 10 10 1 0, seed must be 1 to"
  })
  void wrongArgumentsAreNamed(String line, String expected) throws InterruptedException {
    assertEquals(Driver.USAGE, run(line.split(" ", -1)));
    String text = err.toString(StandardCharsets.UTF_8);
    assertTrue(text.contains(expected), text);
    assertTrue(text.contains("usage: "), text);
  }

  @Test
  void aFailureInAThreadOfAWorkloadIsNotSwallowed() {
    Round round =
        new Round(
            1,
            2,
            (thread, mine) ->
                () -> {
                  if (thread == 1) {
                    throw new IllegalStateException("provoked");
                  }
                });
    IllegalStateException failed =
        assertThrows(IllegalStateException.class, () -> Team.run(peer("floor"), round));
    assertTrue(String.valueOf(failed.getCause()).endsWith("provoked"), failed::toString);
  }
}
