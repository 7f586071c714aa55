package io.hakmem.analysis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  private static final double EXACT = 1e-12;

  @Test
  void medianIsTheMiddleOrHalfWayBetweenTheTwoMiddles() {
    assertEquals(7, Statistics.median(List.of(7.0)));
    assertEquals(5, Statistics.median(List.of(7.0, 3.0)));
    assertEquals(3, Statistics.median(List.of(7.0, 3.0, 1.0)));
    assertEquals(4, Statistics.median(List.of(9.0, 1.0, 5.0, 3.0)));
    assertEquals(2, Statistics.median(List.of(2.0, 2.0, 2.0, 2.0)));
  }

  @Test
  void medianDoesNotDependOnTheOrder() {
    List<Double> values = new ArrayList<>(List.of(1.0, 2.0, 3.0, 5.0, 8.0, 13.0));
    for (int seed = 0; seed < 50; seed++) {
      Collections.shuffle(values, new Random(seed));
      assertEquals(4, Statistics.median(values), "seed " + seed);
    }
  }

  @Test
  void percentileInterpolatesBetweenTheClosestRanks() {
    List<Double> values = List.of(10.0, 20.0, 30.0, 40.0);
    assertEquals(10, Statistics.percentile(values, 0));
    assertEquals(17.5, Statistics.percentile(values, 0.25), EXACT);
    assertEquals(25, Statistics.percentile(values, 0.5), EXACT);
    assertEquals(37, Statistics.percentile(values, 0.9), EXACT);
    assertEquals(40, Statistics.percentile(values, 1));
  }

  @Test
  void percentileRefusesARankThatIsNone() {
    for (double rank : new double[] {-0.01, 1.01, Double.NaN}) {
      assertThrows(IllegalArgumentException.class, () -> Statistics.percentile(List.of(1.0), rank));
    }
  }

  @Test
  void variationIsTheSampleDeviationOverTheMean() {
    assertEquals(0, Statistics.coefficientOfVariation(List.of(4.0, 4.0, 4.0)));
    assertEquals(0.5, Statistics.coefficientOfVariation(List.of(1.0, 2.0, 3.0)), EXACT);
    assertEquals(Math.sqrt(2) / 10, Statistics.coefficientOfVariation(List.of(9.0, 11.0)), EXACT);
  }

  @Test
  void rangeIsOverTheMedian() {
    assertEquals(0.5, Statistics.relativeRange(List.of(11.0, 8.0, 10.0, 6.0, 10.0)), EXACT);
  }

  @Test
  void tooFewValuesAreNotANumber() {
    assertTrue(Double.isNaN(Statistics.median(List.of())));
    assertTrue(Double.isNaN(Statistics.mean(List.of())));
    for (List<Double> few : List.of(List.<Double>of(), List.of(3.0))) {
      assertTrue(Double.isNaN(Statistics.coefficientOfVariation(few)));
      assertTrue(Double.isNaN(Statistics.relativeRange(few)));
    }
  }

  @Test
  void intervalCutsAsManyAsTheSignTestAllows() {
    // The number of values that may be cut off at each end, from published tables of the sign test.
    int[] tabulated = {0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 3, 3, 4, 4, 4, 5};
    for (int count = 1; count < tabulated.length; count++) {
      int expected = tabulated[count];
      assertEquals(expected, MedianInterval.cut(count), "of " + count);
    }
    assertEquals(39, MedianInterval.cut(100));
  }

  @Test
  void sixValuesAreTheFewestThatCarry95Percent() {
    for (int count = 0; count <= 12; count++) {
      List<Double> values = IntStream.range(0, count).mapToObj(i -> (double) i).toList();
      assertEquals(count >= 6, MedianInterval.of(values).confident(), "of " + count);
    }
    MedianInterval six = MedianInterval.of(List.of(6.0, 5.0, 4.0, 3.0, 2.0, 1.0));
    assertEquals(1, six.low());
    assertEquals(6, six.high());
    assertEquals(0.96875, six.confidence(), EXACT);
  }

  @Test
  void intervalHoldsTheMedianAtEverySize() {
    Random random = new Random(42);
    for (int count : new int[] {1, 2, 3, 5, 6, 9, 48, 999, 1000, 1001, 5000}) {
      List<Double> values = random.doubles(count).boxed().toList();
      MedianInterval interval = MedianInterval.of(values);
      assertEquals(Statistics.median(values), interval.median(), EXACT);
      assertTrue(interval.low() <= interval.median() && interval.median() <= interval.high());
      assertEquals(count, interval.values());
    }
  }

  @Test
  void normalApproximationContinuesTheExactOne() {
    assertEquals(MedianInterval.cut(1000), MedianInterval.cut(1002), 2);
  }

  @Test
  void noValuesHaveNoInterval() {
    MedianInterval none = MedianInterval.of(List.of());
    assertTrue(Double.isNaN(none.median()) && Double.isNaN(none.low()));
    assertEquals(0, none.confidence());
  }
}
