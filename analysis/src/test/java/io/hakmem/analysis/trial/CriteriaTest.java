package io.hakmem.analysis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.trial.Criteria.Count;
import io.hakmem.analysis.trial.Criteria.Row;
import io.hakmem.analysis.trial.Criterion.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CriteriaTest {

  private static final Count ALL = new Count(5, 5);

  private static Row row(double million, double ratio, double variation, int runs) {
    return new Row("row", true, million * 1e6, ratio, variation, runs);
  }

  private static Row broken() {
    return new Row("broken", false, Double.NaN, Double.NaN, Double.NaN, 0);
  }

  private static List<Row> rows(double... million) {
    return DoubleStream.of(million).mapToObj(m -> row(m, 5, 0.01, 6)).toList();
  }

  private static List<Criterion> judge(List<Row> rows) {
    return judge(rows, ALL, ALL, ALL, ALL, true);
  }

  private static List<Criterion> judge(
      List<Row> rows, Count stress, Count stability, Count others, Count checks, boolean proven) {
    return Criteria.judge(
        new Criteria.Evidence(rows, 4, stress, stability, others, checks, proven));
  }

  private static Criterion find(List<Criterion> criteria, String name) {
    return criteria.stream().filter(c -> c.name().startsWith(name)).findFirst().orElseThrow();
  }

  private static void expect(Outcome outcome, List<Row> rows, String name) {
    Criterion criterion = find(judge(rows), name);
    assertEquals(outcome, criterion.outcome(), criterion::toString);
  }

  @Test
  void aClearWinMeetsAll() {
    List<Criterion> criteria = judge(rows(90, 100, 95, 99));
    criteria.forEach(c -> assertEquals(Outcome.MET, c.outcome(), c::toString));
    assertTrue(Criteria.mustsHold(criteria));
  }

  @ParameterizedTest
  @CsvSource({"20.1, MET", "20, NOT_MET", "19.9, NOT_MET"})
  void everyRowMustPass20Million(double lowest, Outcome outcome) {
    expect(outcome, rows(90, lowest, 95, 99), "> 20 M");
  }

  @ParameterizedTest
  @CsvSource({"2.01, MET", "2, NOT_MET", "0.9, NOT_MET"})
  void everyRowMustPassTwiceTheBaseline(double ratio, Outcome outcome) {
    List<Row> rows = new ArrayList<>(rows(90, 90, 90));
    rows.add(row(90, ratio, 0.01, 6));
    expect(outcome, rows, "> 2x");
  }

  @Test
  void fewerRowsThanThePlanHasCanMissButNotMeet() {
    expect(Outcome.NOT_DECIDABLE, rows(90), "> 20 M");
    expect(Outcome.NOT_MET, rows(10), "> 20 M");
    expect(Outcome.NOT_DECIDABLE, rows(90), "uniform");
    assertTrue(Criteria.mustsHold(judge(rows(90))), "not asked for is no failure");
  }

  @Test
  void aRowWithoutFiguresIsAFailureNotAGap() {
    List<Row> rows = new ArrayList<>(rows(90, 90, 90));
    rows.add(broken());
    expect(Outcome.NOT_MET, rows, "> 20 M");
    assertTrue(find(judge(rows), "> 20 M").detail().contains("1 without valid figures"));
    expect(Outcome.MET, rows, "> 30 M");
    for (String name : List.of("> 20 M", "> 2x", "> 30 M", "> 3x", "> 50 M")) {
      expect(Outcome.NOT_MET, List.of(broken(), broken(), broken(), broken()), name);
    }
  }

  @Test
  void noRowsAtAllDecideNothing() {
    for (String name : List.of("> 20 M", "> 2x", "> 30 M", "> 3x", "> 50 M", "uniform", "< 10 %")) {
      expect(Outcome.NOT_DECIDABLE, List.of(), name);
    }
  }

  @Test
  void mostMeansMoreThanHalfOfThePlansRows() {
    expect(Outcome.MET, rows(31, 31, 31, 25), "> 30 M");
    expect(Outcome.NOT_MET, rows(31, 31, 25, 25), "> 30 M");
    expect(Outcome.NOT_MET, rows(25, 25, 25, 25), "> 30 M");
    expect(Outcome.MET, rows(31, 31, 31), "> 30 M");
    expect(Outcome.NOT_DECIDABLE, rows(31, 31), "> 30 M");
    expect(Outcome.NOT_DECIDABLE, rows(31, 31, 25), "> 30 M");
    expect(Outcome.NOT_MET, rows(25, 25), "> 30 M");
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5, 5, 5, MET",
    "5, 4, 5, 5, NOT_MET",
    "5, 5, 5, 4, NOT_MET",
    "3, 3, 5, 5, NOT_DECIDABLE",
    "0, 0, 5, 5, NOT_DECIDABLE"
  })
  void fiveOfFiveStressRunsAndNoCrashElsewhere(
      int planned, int passed, int others, int othersPassed, Outcome outcome) {
    List<Criterion> criteria =
        judge(
            rows(90, 90, 90, 90),
            new Count(planned, passed),
            ALL,
            new Count(others, othersPassed),
            ALL,
            true);
    Criterion criterion = find(criteria, "5 of 5");
    assertEquals(outcome, criterion.outcome(), criterion::toString);
    assertEquals(outcome != Outcome.NOT_MET, Criteria.mustsHold(criteria));
  }

  @Test
  void oneSeedThatDoesNotCompleteFails() {
    List<Row> rows = rows(90, 90, 90, 90);
    List<Criterion> criteria = judge(rows, ALL, new Count(5, 4), ALL, ALL, true);
    assertEquals(Outcome.NOT_MET, find(criteria, "five seeds").outcome());
    assertFalse(Criteria.mustsHold(criteria));
  }

  @ParameterizedTest
  @CsvSource({
    "5, 5, true, MET",
    "5, 5, false, NOT_MET",
    "5, 4, true, NOT_MET",
    "0, 0, true, NOT_MET"
  })
  void theChecksMustRunAndBeProven(int planned, int passed, boolean proven, Outcome outcome) {
    List<Criterion> criteria =
        judge(rows(90, 90, 90, 90), ALL, ALL, ALL, new Count(planned, passed), proven);
    assertEquals(outcome, find(criteria, "the checks").outcome());
  }

  @ParameterizedTest
  @CsvSource({"0.0999, 3, MET", "0.10, 3, NOT_MET", "0.5, 6, NOT_MET", "0.01, 2, NOT_DECIDABLE"})
  void theWorstRowDecidesTheVariance(double variation, int runs, Outcome outcome) {
    expect(outcome, List.of(row(90, 5, variation, runs)), "< 10 %");
    if (runs >= Criteria.FEWEST_RUNS) {
      expect(outcome, List.of(row(90, 5, 0, 6), row(90, 5, variation, runs)), "< 10 %");
    }
  }

  @Test
  void oneRowAbove50MillionIsEnough() {
    expect(Outcome.MET, rows(25, 25, 51, 25), "> 50 M");
    expect(Outcome.NOT_MET, rows(25, 25, 50, 25), "> 50 M");
    expect(Outcome.NOT_DECIDABLE, rows(25), "> 50 M");
    expect(Outcome.MET, rows(51), "> 50 M");
  }

  @ParameterizedTest
  @CsvSource({"3, 6, MET", "3, 6.01, NOT_MET", "4.24, 6.7, MET"})
  void uniformMeansThatTheRatiosSpanNoMoreThanTwo(double low, double high, Outcome outcome) {
    List<Row> rows =
        List.of(row(90, low, 0, 6), row(90, high, 0, 6), row(90, low, 0, 6), row(90, low, 0, 6));
    expect(outcome, rows, "uniform");
  }

  @Test
  void onlyTheMustsDecideTheExitCode() {
    List<Row> slow =
        List.of(row(21, 2.1, 0.9, 6), row(21, 9, 0, 6), row(21, 3, 0, 6), row(21, 3, 0, 6));
    List<Criterion> criteria = judge(slow);
    long missed =
        criteria.stream()
            .filter(c -> c.level() != Level.P0 && c.outcome() == Outcome.NOT_MET)
            .count();
    assertEquals(5, missed, criteria::toString);
    assertTrue(Criteria.mustsHold(criteria));
  }
}
