package io.hakmem.analysis.query;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.analysis.tables.EventTables;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.SplittableRandom;
import jdk.jfr.Recording;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Real recordings of a known mix of sites and sizes: what the query of allocation sites estimates
 * against what the program counted. {@code -Dsampling.runs=100} repeats the intervals' test that
 * often.
 */
@Tag("measures")
class SamplingAccuracyIT {

  private static final int SITES = 4;
  private static final int SIZES = 3;
  private static final int INTERVAL = 50;
  private static final int SLOTS = 300;

  @TempDir Path folder;

  /** What a seeded program did: allocations and bytes of each site. */
  private static final class Program {
    final long[] allocations = new long[SITES];
    final long[] bytes = new long[SITES];
    private final long[] slots = new long[SLOTS];
    private final SplittableRandom random;

    Program(long seed) {
      random = new SplittableRandom(seed);
    }

    void run(int operations) {
      for (int i = 0; i < operations; i++) {
        int slot = random.nextInt(SLOTS);
        Hakmem.free(slots[slot]);
        int pick = random.nextInt(20);
        int site = pick < 6 ? 0 : pick < 11 ? 1 : pick < 16 ? 2 : 3;
        long size = size(site, random.nextInt(SIZES));
        allocations[site]++;
        bytes[site] += size;
        slots[slot] =
            switch (site) {
              case 0 -> siteA(size);
              case 1 -> siteB(size);
              case 2 -> siteC(size);
              default -> siteD(size);
            };
      }
      for (long block : slots) {
        Hakmem.free(block);
      }
    }

    /** Sites share some sizes and have some of their own. */
    private static long size(int site, int kind) {
      return kind == 0 ? 48 : 100L * (site + 1) + 37L * kind;
    }

    private static long siteA(long size) {
      return Hakmem.allocate(size);
    }

    private static long siteB(long size) {
      return Hakmem.allocate(size);
    }

    private static long siteC(long size) {
      return Hakmem.allocate(size);
    }

    private static long siteD(long size) {
      return Hakmem.allocate(size);
    }
  }

  private record Estimate(long samples, long allocations, long bytes, long low, long high) {}

  private Estimate[] estimates(Program program, int operations) throws Exception {
    Path file = folder.resolve("run.jfr");
    try (Recording recording = new Recording()) {
      recording
          .enable("io.hakmem.FastPathHit")
          .withStackTrace()
          .with("interval", String.valueOf(INTERVAL));
      recording.enable("io.hakmem.SlowPathFallback").withStackTrace();
      recording.start();
      Thread thread = Thread.ofPlatform().start(() -> program.run(operations));
      thread.join();
      recording.stop();
      recording.dump(file);
    }
    Estimate[] estimates = ask(file);
    Files.delete(file);
    return estimates;
  }

  private static Estimate[] ask(Path file) throws Exception {
    Estimate[] estimates = new Estimate[SITES];
    try (EventTables tables = EventTables.load(List.of(file))) {
      Connection connection = tables.database().connection();
      try (Statement statement = connection.createStatement();
          ResultSet rows = statement.executeQuery(Query.named("allocation-sites").sql())) {
        while (rows.next()) {
          int at = rows.getString("site").indexOf(".site");
          assertTrue(at > 0, rows.getString("site"));
          estimates[rows.getString("site").charAt(at + 5) - 'A'] = estimate(rows);
        }
      }
    }
    return estimates;
  }

  private static Estimate estimate(ResultSet row) throws SQLException {
    return new Estimate(
        row.getLong("samples"),
        row.getLong("allocations"),
        row.getLong("bytes"),
        row.getLong("low"),
        row.getLong("high"));
  }

  @Test
  void aHundredThousandSamplesAreRightWithinThreePercent() throws Exception {
    Program program = new Program(42);
    Estimate[] estimates = estimates(program, 100_000 * INTERVAL);
    long samples = 0;
    double worst = 0;
    for (int site = 0; site < SITES; site++) {
      String name = "site " + site + ": " + estimates[site];
      double allocations = estimates[site].allocations() / (double) program.allocations[site];
      double bytes = estimates[site].bytes() / (double) program.bytes[site];
      assertEquals(1, allocations, 0.03, name);
      assertEquals(1, bytes, 0.03, name);
      samples += estimates[site].samples();
      worst = Math.max(worst, Math.max(Math.abs(allocations - 1), Math.abs(bytes - 1)));
    }
    System.out.printf("worst of %d samples: %.2f %% off%n", samples, 100 * worst);
    assertEquals(100_000.0, (double) samples, 3_000.0);
  }

  @Test
  void intervalsHoldInNineteenRunsOfTwenty() throws Exception {
    int runs = Integer.getInteger("sampling.runs", 30);
    int intervals = runs * SITES;
    int held = 0;
    double squares = 0;
    for (int seed = 1; seed <= runs; seed++) {
      Program program = new Program(seed);
      Estimate[] estimates = estimates(program, 1_000 * INTERVAL);
      for (int site = 0; site < SITES; site++) {
        Estimate estimate = estimates[site];
        long truth = program.bytes[site];
        held += estimate.low() <= truth && truth <= estimate.high() ? 1 : 0;
        double off = (estimate.bytes() - truth) / (double) (estimate.high() - estimate.low());
        squares += off * off;
      }
    }
    double off = Math.sqrt(squares / intervals);
    System.out.printf("intervals held in %.1f %% of %d%n", 100.0 * held / intervals, intervals);
    assertTrue(held >= leastHeld(intervals), held + " of " + intervals);
    // A normal error is 0.23 of the width of its 97 % interval: not held by being wide.
    assertTrue(off > 0.17, "off by " + off + " of the width");
  }

  private static void freeAligned(long block) {
    Hakmem.free(block);
  }

  /** An aligned free has an event of its own, and inside of it a free that hits or falls back. */
  @Test
  void anAlignedFreeCountsOnce() throws Exception {
    Path file = folder.resolve("aligned.jfr");
    int count = 2003;
    try (Recording recording = new Recording()) {
      recording.enable("io.hakmem.FastPathHit").withStackTrace().with("interval", "1");
      recording.enable("io.hakmem.SlowPathFallback").withStackTrace();
      recording.start();
      Thread thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    for (int i = 0; i < count; i++) {
                      freeAligned(Hakmem.allocateAligned(i % 500, 4096));
                    }
                  });
      thread.join();
      recording.stop();
      recording.dump(file);
    }
    long frees = 0;
    try (EventTables tables = EventTables.load(List.of(file));
        Statement statement = tables.database().connection().createStatement();
        ResultSet rows = statement.executeQuery(Query.named("free-sites").sql())) {
      while (rows.next()) {
        frees += rows.getString("site").contains(".freeAligned") ? rows.getLong("frees") : 0;
      }
    }
    assertEquals(count, frees);
  }

  /** The promised 95 % of a hundred runs; of fewer what chance leaves of the aim, 97 %. */
  private static double leastHeld(int intervals) {
    double chance = Math.sqrt(0.97 * 0.03 * intervals);
    return intervals >= 100 * SITES ? 0.95 * intervals : 0.97 * intervals - 4 * chance;
  }
}
