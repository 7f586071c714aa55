package io.hakmem.analysis.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.render.Paint;
import io.hakmem.analysis.render.RecordJson;
import io.hakmem.analysis.verdict.LayerHypothesis.Answer;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerHypothesisTest {

  private static HotPath hotPath(long checks, long spill, String reason) {
    long all = checks + spill;
    List<LayerShare> layers =
        List.of(Wilson.share("free checks", checks, all), Wilson.share("spill", spill, all));
    return new HotPath(
        "a.jfr",
        all,
        checks >= spill ? layers : layers.reversed(),
        "checked-scan",
        true,
        reason.isEmpty(),
        reason,
        List.of(),
        new Evidence(
            "jdk.CPUTimeSample",
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            List.of()),
        Weighing.NONE,
        List.of());
  }

  @Test
  void theWholeIntervalDecides() {
    assertEquals(Answer.HELD, LayerHypothesis.weigh("free-push", hotPath(800, 200, "")).answer());
    assertEquals(Answer.FAILED, LayerHypothesis.weigh("free-push", hotPath(200, 800, "")).answer());
    assertEquals(
        Answer.UNDECIDED, LayerHypothesis.weigh("Free checks", hotPath(510, 490, "")).answer());
    assertEquals(
        Answer.UNDECIDED, LayerHypothesis.weigh("spill", hotPath(0, 900, "too short")).answer());
  }

  @Test
  void aFailedOneNamesTheHotPathWhereToLookAndWhatWouldSettleIt() {
    LayerHypothesis failed = LayerHypothesis.weigh("free-checks", hotPath(200, 800, ""));
    String plan = String.join("\n", failed.plan());
    assertTrue(
        plan.startsWith("Revert what was done for 'free-checks': it can gain at most +25 %"));
    assertTrue(plan.contains("The actual hot path: spill 80.0 %"), plan);
    assertTrue(plan.contains("hakmem.thread.cache"), plan);
    assertTrue(plan.contains("What would settle it: "), plan);
    String text = LayerHypothesisText.render(failed, 100, Paint.OFF);
    assertTrue(text.startsWith("Hypothesis \"free-checks is the bottleneck\": FAILED\n"), text);
    assertTrue(text.lines().allMatch(line -> line.length() <= 100), text);
    assertTrue(RecordJson.render(failed).contains("\"answer\": \"failed\""));
  }

  @Test
  void theReasonComesFirstWhereTheEvidenceCannotCarryIt() {
    LayerHypothesis undecided = LayerHypothesis.weigh("spill", hotPath(0, 900, "too short"));
    assertEquals("too short", undecided.numbers());
    assertTrue(undecided.plan().getFirst().contains("hakmem doctor"));
  }

  @Test
  void everyLayerHasAName() {
    assertThrows(IllegalArgumentException.class, () -> Layers.named("push"));
    for (String name : Layers.names()) {
      assertTrue(Layers.ALL.containsAll(Layers.named(name)), name);
    }
    for (String layer : Layers.ALL) {
      assertTrue(NextSteps.known().contains(layer), layer);
    }
  }
}
