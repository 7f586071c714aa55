package io.hakmem.analysis.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.render.Paint;
import io.hakmem.analysis.render.RecordJson;
import io.hakmem.analysis.verdict.ClassCounters;
import io.hakmem.analysis.verdict.Evidence;
import io.hakmem.analysis.verdict.FallbackCause;
import io.hakmem.analysis.verdict.HotPath;
import io.hakmem.analysis.verdict.LayerCost;
import io.hakmem.analysis.verdict.LayerShare;
import io.hakmem.analysis.verdict.Weighing;
import java.util.List;
import org.junit.jupiter.api.Test;

class ComparisonTest {

  private static HotPath hotPath(long checks, long application, double nanos, long rejections) {
    long all = checks + application;
    double share = (double) checks / all;
    return new HotPath(
        "a.jfr",
        all,
        List.of(
            new LayerShare("free checks", checks, share, share, share),
            new LayerShare("application", application, 1 - share, 1 - share, 1 - share)),
        "direct",
        true,
        true,
        "",
        List.of(),
        new Evidence(
            "jdk.CPUTimeSample",
            List.of(new ClassCounters(3, 64, 1_000_000, 1_000_000 - rejections, 10, rejections)),
            List.of(new FallbackCause("free", "cacheFull", "central", rejections, 1000, 100, 9)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of()),
        new Weighing(
            3,
            3,
            0,
            0,
            2_000_000,
            List.of(cost("free checks", nanos * share), cost("application", nanos * (1 - share))),
            List.of(),
            List.of(),
            0),
        List.of());
  }

  private static LayerCost cost(String layer, double nanos) {
    return new LayerCost(layer, nanos, nanos * 0.9, nanos * 1.1);
  }

  private static Comparison of(List<HotPath> a, List<HotPath> b) {
    return Comparison.ofHotPaths("before", a, "after", b);
  }

  @Test
  void theSameRecordingDiffersInNothing() {
    HotPath one = hotPath(700, 300, 50, 20);
    Comparison comparison = of(List.of(one), List.of(one));
    assertTrue(comparison.differences().stream().noneMatch(Difference::significant));
    assertTrue(
        comparison.explanation().contains("No layer's cost differs"), comparison.explanation());
  }

  @Test
  void noiseIsNoDifference() {
    Comparison comparison =
        of(List.of(hotPath(700, 300, 50, 20)), List.of(hotPath(715, 285, 51, 25)));
    assertTrue(comparison.differences().stream().noneMatch(Difference::significant));
  }

  @Test
  void whatGotCheaperExplainsTheDifference() {
    Comparison comparison =
        of(List.of(hotPath(800, 200, 50, 20)), List.of(hotPath(10, 990, 10, 90_000)));
    Difference cost = comparison.differences(Kind.LAYER_COST).getFirst();
    assertEquals("free checks", cost.name());
    assertTrue(cost.significant());
    assertEquals(0.1 - 40, cost.difference(), 1e-9);
    assertTrue(cost.low() < cost.difference() && cost.high() < 0);
    assertTrue(comparison.explanation().contains("Free checks explains 99.8 %"));
    Difference rejections = comparison.differences(Kind.CLASS_REJECTIONS).getFirst();
    assertTrue(rejections.significant());
    assertEquals(90 - 0.02, rejections.difference(), 1e-9);
    assertFalse(comparison.differences(Kind.CLASS_REFILLS).getFirst().significant());
  }

  /** Samples alone would call 70 against 60 % a difference; runs that scatter as much do not. */
  @Test
  void setsKnowWhatDiffersFromRunToRun() {
    List<HotPath> a =
        List.of(
            hotPath(6000, 4000, 50, 20), hotPath(7000, 3000, 50, 20), hotPath(8000, 2000, 50, 20));
    List<HotPath> b =
        List.of(
            hotPath(5000, 5000, 50, 20), hotPath(6000, 4000, 50, 20), hotPath(7000, 3000, 50, 20));
    assertTrue(of(a, b).differences(Kind.LAYER_SHARE).stream().noneMatch(Difference::significant));
    assertTrue(
        of(a.subList(1, 2), b.subList(1, 2)).differences(Kind.LAYER_SHARE).stream()
            .allMatch(Difference::significant));
  }

  @Test
  void undecidedSidesAreSaidFirst() {
    HotPath good = hotPath(700, 300, 50, 20);
    HotPath bad =
        new HotPath(
            "b.jfr",
            9,
            good.layers(),
            "direct",
            true,
            false,
            "too short",
            List.of(),
            good.evidence(),
            Weighing.NONE,
            List.of());
    Comparison comparison = of(List.of(good), List.of(bad));
    assertFalse(comparison.decided());
    String text = ComparisonText.render(comparison, 100, Paint.OFF);
    assertTrue(text.startsWith("Undecided: b.jfr is undecided: too short"), text);
  }

  @Test
  void textFitsAndJsonHasTheDocumentedMembers() {
    Comparison comparison =
        of(List.of(hotPath(800, 200, 50, 20)), List.of(hotPath(10, 990, 10, 90_000)));
    String text = ComparisonText.render(comparison, 100, Paint.OFF);
    assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
    String json = RecordJson.render(comparison);
    for (String member :
        List.of(
            "\"schema\": \"hakmem-compare/1\"",
            "\"label\": \"before\"",
            "\"decided\": true",
            "\"explanation\": ",
            "\"kind\": \"layer cost\"",
            "\"unit\": \"per 1000 frees\"",
            "\"significant\": true")) {
      assertTrue(json.contains(member), () -> member + " in " + json);
    }
    assertTrue(ComparisonMarkdown.render(comparison).contains("| free checks |"));
  }

  @Test
  void studentsDistributionIsThatOfTheTables() {
    assertEquals(0.05, StudentT.twoSided(1.959964, Double.POSITIVE_INFINITY), 1e-5);
    assertEquals(0.05, StudentT.twoSided(12.7062, 1), 1e-5);
    assertEquals(0.05, StudentT.twoSided(2.228139, 10), 1e-6);
    assertEquals(2.776445, StudentT.quantile(0.975, 4), 1e-5);
    assertEquals(1, StudentT.twoSided(0, 5), 1e-12);
  }

  @Test
  void holmCorrectsInTheOrderOfTheChances() {
    List<Difference> corrected = Holm.correct(List.of(p(0.03), p(0.01), p(0.04), p(0.9)));
    assertEquals(0.09, corrected.get(0).p(), 1e-12);
    assertEquals(0.04, corrected.get(1).p(), 1e-12);
    assertEquals(0.09, corrected.get(2).p(), 1e-12);
    assertEquals(0.9, corrected.get(3).p(), 1e-12);
    assertTrue(corrected.get(1).significant());
    assertFalse(corrected.get(0).significant());
  }

  private static Difference p(double p) {
    return new Difference(Kind.LAYER_SHARE, "x", "points", 0, 0, 0, 0, 0, p, false);
  }
}
