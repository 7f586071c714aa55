package io.hakmem.analysis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HypothesisTest {

  private static List<Double> pairs(int count, double ratio) {
    return Collections.nCopies(count, ratio);
  }

  private static Optional<RecordedPath> scan(long checks, long application) {
    return Optional.of(
        RecordedPath.read(
            "ws256",
            PushPath.CHECKED_SCAN,
            "recordings/x.jfr",
            HotPaths.seen("checked-scan", true, checks, application)));
  }

  private static Hypothesis weigh(double ratio, long checks, long application) {
    return Hypothesis.weigh(
        pairs(8, ratio), scan(checks, application), MedianInterval.of(pairs(8, ratio)));
  }

  @ParameterizedTest
  @CsvSource({
    "5.0, 800, 200, HELD, true",
    "1.05, 50, 950, FAILED, true",
    "1.05, 0, 1000, FAILED, true",
    "5.0, 100, 900, UNDECIDED, false",
    "1.05, 800, 200, UNDECIDED, false",
    "5.0, 500, 500, UNDECIDED, false",
    "2.0, 800, 200, UNDECIDED, false",
    "5.0, 40, 10, UNDECIDED, false",
    "5.0, 0, 0, UNDECIDED, false"
  })
  void bothWitnessesMustSayTheSame(
      double ratio, long checks, long application, Answer answer, boolean agree) {
    Hypothesis hypothesis = weigh(ratio, checks, application);
    assertEquals(answer, hypothesis.answer(), hypothesis::toString);
    assertEquals(agree, hypothesis.agree());
  }

  @Test
  void theRelationIsPutInWords() {
    assertTrue(weigh(5, 800, 200).agreement().startsWith("the witnesses agree"));
    assertTrue(weigh(5, 100, 900).agreement().startsWith("they contradict"));
    assertTrue(weigh(5, 500, 500).agreement().startsWith("one witness does not decide: CPU"));
    assertTrue(weigh(2, 800, 200).agreement().startsWith("one witness does not decide: measured"));
    assertTrue(weigh(2, 500, 500).agreement().startsWith("neither"));
    assertTrue(
        weigh(5, 800, 200)
            .agreement()
            .contains("took 80.0 % of that row's time, by samples 80.0 %"));
  }

  @Test
  void aGainAboveAmdahlsBoundIsSaid() {
    assertTrue(weigh(9, 800, 200).agreement().contains("above the bound that the samples allow"));
    assertFalse(weigh(5, 800, 200).agreement().contains("bound"));
    assertFalse(weigh(2.5, 800, 200).agreement().contains("bound"));
    MedianInterval one = MedianInterval.of(pairs(1, 9));
    String agreement = Hypothesis.weigh(pairs(8, 9), scan(800, 200), one).agreement();
    assertFalse(agreement.contains("bound"), "one pair may be a stray");
  }

  @Test
  void fewPairsDecideNothing() {
    for (int count = 0; count < 6; count++) {
      assertEquals(
          Answer.UNDECIDED,
          Hypothesis.measured(MedianInterval.of(pairs(count, 9))).answer(),
          "of " + count);
    }
    assertEquals(Answer.HELD, Hypothesis.measured(MedianInterval.of(pairs(6, 9))).answer());
  }

  @Test
  void anIntervalAcrossTheThresholdDecidesNothing() {
    List<Double> across = List.of(1.0, 1.0, 1.0, 5.0, 5.0, 5.0);
    assertEquals(Answer.UNDECIDED, Hypothesis.measured(MedianInterval.of(across)).answer());
  }

  @Test
  void noRecordingOrAnUnprovenOneIsNoWitness() {
    Witness none = Hypothesis.sampled(Optional.empty());
    assertEquals(Answer.UNDECIDED, none.answer());
    assertEquals("there is no recording", none.numbers());

    RecordedPath unreadable =
        RecordedPath.unreadable("ws256", PushPath.CHECKED_SCAN, "x.jfr", "cut off");
    assertEquals("cut off", Hypothesis.sampled(Optional.of(unreadable)).numbers());

    RecordedPath unproven =
        RecordedPath.read(
            "ws256",
            PushPath.CHECKED_SCAN,
            "x.jfr",
            HotPaths.seen("checked-scan", false, 900, 100));
    assertEquals(Answer.UNDECIDED, Hypothesis.sampled(Optional.of(unproven)).answer());
  }

  @Test
  void amdahlsBoundIsNamed() {
    Witness witness = Hypothesis.sampled(scan(800, 200));
    assertTrue(witness.numbers().contains("at most +400 %"), witness.numbers());
    Witness all = Hypothesis.sampled(scan(800, 0));
    assertTrue(all.numbers().endsWith("at most without bound"), all.numbers());
  }
}
