package io.hakmem.analysis.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class HotPathTextTest {

  private static final Evidence EVIDENCE =
      new Evidence(
          "jdk.CPUTimeSample",
          List.of(new ClassCounters(3, 64, 2_000_003, 1_999_993, 1, 0)),
          List.of(
              new FallbackCause("allocate", "cacheEmpty", "os", 1, 1_234_567, 1_234_567, 16),
              new FallbackCause("free", "cacheFull", "central", 20, 8_500, 990, 640)),
          List.of(new ClassRejections(3, 20, 640)),
          List.of(new PathChange(Instant.EPOCH, "checked-scan", "direct", "agent", true)),
          List.of(
              new HotSpot("io.hakmem.thread.CheckedScanPush.isListed", "free checks", 620, .62)),
          List.of(
              new HotSpot("io.hakmem.thread.CheckedScanPush.isListed:52", "free checks", 600, .6)),
          List.of(new HotSpot("app", "application", 380, .38)));

  private static HotPath hotPath(long checks, long application, String reason) {
    long all = checks + application;
    return new HotPath(
        "run.jfr",
        all,
        List.of(
            Wilson.share("free checks", checks, all),
            Wilson.share("application", application, all)),
        "checked-scan",
        true,
        reason.isEmpty(),
        reason,
        List.of(),
        EVIDENCE,
        Weighing.NONE,
        List.of());
  }

  @Test
  void showsTheVerdictFirstAndItsEvidenceAfter() {
    assertEquals(
        """
        Hot path: free checks, 62.0 % (59.0–65.0 %) of the CPU time.
        run.jfr: 1,000 CPU samples of jdk.CPUTimeSample; push path checked-scan (proven, by agent).

        Layers by CPU samples
          layer         share  95 % interval  samples  if it were free
          free checks  62.0 %    59.0–65.0 %      620   at most +163 %  ██████████████▉
          application  38.0 %    35.0–41.0 %      380    at most +61 %  █████████▏

        Fast path by size class (exact, since the start)
          class  block  allocates   hit rate  refills      frees    hit rate  rejections
              3   64 B  2,000,004  99.9999 %        1  1,999,993  100.0000 %           0

        Slow-path fallbacks
          operation  reason      source   count    total  longest  blocks
          allocate   cacheEmpty  os           1  1.23 ms  1.23 ms      16
          free       cacheFull   central     20  8.50 µs   990 ns     640

        Capacity rejections
          class  count  blocks spilled
              3     20             640

        Methods
           share  samples  layer        where
          62.0 %      620  free checks  io.hakmem.thread.CheckedScanPush.isListed

        Lines
           share  samples  layer        where
          60.0 %      600  free checks  io.hakmem.thread.CheckedScanPush.isListed:52

        Application packages
           share  samples  layer        where
          38.0 %      380  application  app
        """,
        HotPathText.render(hotPath(620, 380, ""), 100));
  }

  @Test
  void namesTwoLeadersWhoseIntervalsOverlap() {
    assertTrue(
        HotPathText.render(hotPath(51, 49, ""), 200)
            .startsWith("No single hot path: free checks, 51.0 % (41.3–60.6 %) and application,"));
  }

  @Test
  void saysWhyItIsUndecidedBeforeAnythingElse() {
    assertTrue(
        HotPathText.render(hotPath(5, 4, Advice.notEnough(9, 100)), 100)
            .startsWith("Undecided: not enough samples: 9, at least 100 are needed; "));
  }

  @Test
  void fitsTheWidth() {
    HotPath hotPath = hotPath(620, 380, Advice.FLAG_UNKNOWN);
    for (int width : List.of(60, 80, 100)) {
      HotPathText.render(hotPath, width)
          .lines()
          .forEach(line -> assertTrue(line.length() <= width, line));
    }
  }

  @Test
  void jsonHoldsTheSameFigures() {
    String json = HotPathJson.render(hotPath(620, 380, ""));
    assertTrue(json.contains("\"layer\": \"free checks\""), json);
    assertTrue(json.contains("\"samples\": 620"), json);
    assertTrue(json.contains("\"decided\": true"), json);
    assertTrue(json.contains("\"allocateHits\": 2000003"), json);
  }
}
