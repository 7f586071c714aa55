package io.hakmem.event;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.Hakmem;
import io.hakmem.Sizes;
import io.hakmem.config.SizeClasses;
import io.hakmem.thread.Balance;
import java.util.List;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import org.junit.jupiter.api.Test;

class FastPathHitTest {

  private static final int SIZE = 487;
  private static final int CLASS = Sizes.classOf(SIZE);

  private static List<Recordings.Setting> interval(int hits) {
    return List.of(
        Recordings.enabled("FastPathHit"),
        new Recordings.Setting("FastPathHit", "interval", String.valueOf(hits)),
        new Recordings.Setting("FastPathHit", "stackTrace", String.valueOf(hits == 1)));
  }

  private static List<RecordedEvent> hits(
      List<RecordedEvent> events, String operation, int sizeClass) {
    return Recordings.named(events, "FastPathHit").stream()
        .filter(event -> event.getString("operation").equals(operation))
        .filter(event -> event.getInt("sizeClass") == sizeClass)
        .toList();
  }

  private static void allocateAndFree(int blocks) {
    long[] addresses = new long[blocks];
    for (int i = 0; i < blocks; i++) {
      addresses[i] = Hakmem.allocate(SIZE);
    }
    for (int i = 0; i < blocks; i++) {
      Hakmem.free(addresses[i]);
    }
  }

  /** The thread's first operation is a fallback, and sees that every hit is wanted from then on. */
  @Test
  void everyHitIsRecordedWithAnIntervalOfOne() throws Exception {
    Balance balance = Balance.now();
    List<RecordedEvent> events = Recordings.ofFreshThread(interval(1), () -> allocateAndFree(331));
    List<RecordedEvent> allocates = hits(events, "allocate", CLASS);
    List<RecordedEvent> frees = hits(events, "free", CLASS);
    assertEquals(balance.allocateHits(CLASS), allocates.size());
    assertEquals(balance.freeHits(CLASS), frees.size());
    assertEquals(331, allocates.size() + balance.refills(CLASS));
    assertTrue(balance.refills(CLASS) > 0, "no fallbacks");
    for (RecordedEvent hit : allocates) {
      assertFields(hit, SIZE);
    }
    for (RecordedEvent hit : frees) {
      assertFields(hit, -1);
    }
  }

  private static void assertFields(RecordedEvent hit, long requestedSize) {
    assertEquals(requestedSize, hit.getLong("requestedSize"));
    assertEquals(SizeClasses.stride(CLASS), hit.getLong("blockSize"));
    assertEquals("direct", hit.getString("freePath"));
    assertEquals(1, hit.getLong("weight"));
    boolean fromHere =
        hit.getStackTrace().getFrames().stream()
            .anyMatch(frame -> frame.getMethod().getName().equals("allocateAndFree"));
    assertTrue(fromHere, () -> "stack trace without the caller: " + hit);
  }

  @Test
  void otherClassesOfTheThreadAreRecordedUnderTheirOwn() throws Exception {
    int pairs = 37;
    int second = Sizes.classOf(31);
    long refills = Hakmem.counters(second).refills();
    List<RecordedEvent> events =
        Recordings.ofFreshThread(
            interval(1),
            () -> {
              allocateAndFree(40);
              for (int i = 0; i < pairs; i++) {
                Hakmem.free(Hakmem.allocate(31));
              }
            });
    long fallbacks = Hakmem.counters(second).refills() - refills;
    List<RecordedEvent> allocates = hits(events, "allocate", second);
    assertTrue(fallbacks > 0, "the first is a fallback");
    assertEquals(pairs - fallbacks, allocates.size());
    assertEquals(31, allocates.getFirst().getLong("requestedSize"));
    assertEquals(pairs, hits(events, "free", second).size());
  }

  /** Half a million samples of five million hits each way: the standard error is about 0.1 %. */
  @Test
  void samplesTimesWeightEstimateTheHits() throws Exception {
    Balance balance = Balance.now();
    List<RecordedEvent> events =
        Recordings.ofFreshThread(
            interval(10),
            () -> {
              for (int i = 0; i < 2000; i++) {
                allocateAndFree(600);
              }
            });
    assertEstimates(balance.allocateHits(CLASS), hits(events, "allocate", CLASS), 0.02);
    assertEstimates(balance.freeHits(CLASS), hits(events, "free", CLASS), 0.02);
  }

  private static void seldom() {
    Hakmem.free(Hakmem.allocate(101));
  }

  private static void often() {
    Hakmem.free(Hakmem.allocate(333));
  }

  private static void mostOften() {
    Hakmem.free(Hakmem.allocate(701));
  }

  /** Sites by their stack traces, each of a size of its own: 100,000 samples of a million hits. */
  @Test
  void hitsOfEachSiteAreEstimated() throws Exception {
    int rounds = 100_000;
    Balance balance = Balance.now();
    List<RecordedEvent> events =
        Recordings.ofFreshThread(
            List.of(
                Recordings.enabled("FastPathHit"),
                new Recordings.Setting("FastPathHit", "interval", "10")),
            () -> {
              for (int i = 0; i < rounds; i++) {
                seldom();
                often();
                often();
                mostOften();
                mostOften();
                mostOften();
              }
            });
    int size = 0;
    for (String site : List.of("seldom", "often", "mostOften")) {
      int sizeClass = Sizes.classOf(List.of(101, 333, 701).get(size++));
      List<RecordedEvent> samples =
          Recordings.named(events, "FastPathHit").stream()
              .filter(hit -> isFrom(hit, site))
              .toList();
      long exact = balance.allocateHits(sizeClass) + balance.freeHits(sizeClass);
      assertEstimates(exact, samples, 0.03);
    }
  }

  private static boolean isFrom(RecordedEvent hit, String site) {
    return hit.getStackTrace().getFrames().stream()
        .anyMatch(frame -> frame.getMethod().getName().equals(site));
  }

  private static void assertEstimates(long exact, List<RecordedEvent> samples, double tolerance) {
    long estimate = 0;
    for (RecordedEvent sample : samples) {
      estimate += sample.getLong("weight");
    }
    double error = (double) estimate / exact - 1;
    assertTrue(
        Math.abs(error) < tolerance,
        samples.size() + " samples: " + estimate + " instead of " + exact + " hits");
  }

  @Test
  void aSettingThatIsNoPositiveNumberCountsAsTheDefault() throws Exception {
    for (String value : List.of("many", "0", "-5", "", "99999999999999")) {
      List<RecordedEvent> events =
          Recordings.ofFreshThread(
              List.of(
                  Recordings.enabled("FastPathHit"),
                  new Recordings.Setting("FastPathHit", "interval", value)),
              () -> allocateAndFree(1000));
      assertTrue(Recordings.named(events, "FastPathHit").size() <= 10, "interval " + value);
    }
  }

  @Test
  void nothingIsRecordedUnlessEnabled() throws Exception {
    List<RecordedEvent> events =
        Recordings.ofFreshThread(
            List.of(Recordings.enabled("FreePathInstalled")), () -> allocateAndFree(5000));
    assertEquals(List.of(), Recordings.named(events, "FastPathHit"));
  }

  /** What was drawn for one interval counts with it, though another is in force when it comes. */
  @Test
  void aHitThatWasDrawnBeforeTheIntervalChangedKeepsItsWeight() throws Exception {
    List<RecordedEvent> hits =
        Recordings.named(
            Recordings.ofFreshThread(
                List.of(
                    Recordings.enabled("FastPathHit"),
                    new Recordings.Setting("FastPathHit", "interval", "1000000")),
                () -> {
                  try (Recording all = new Recording()) {
                    all.enable("io.hakmem.FastPathHit").with("interval", "1");
                    all.start();
                    // Grants of before have to be used up.
                    for (int i = 0; i < 5000; i++) {
                      Hakmem.free(Hakmem.allocate(100));
                    }
                  }
                  Hakmem.free(Hakmem.allocate(101));
                  Hakmem.free(Hakmem.allocate(102));
                }),
            "FastPathHit");
    assertEquals(
        List.of(1L),
        hits.stream()
            .filter(event -> event.getLong("requestedSize") == 101)
            .map(event -> event.getLong("weight"))
            .toList());
    assertTrue(
        hits.stream()
            .noneMatch(
                event -> event.getLong("requestedSize") == 102 && event.getLong("weight") == 1));
  }
}
