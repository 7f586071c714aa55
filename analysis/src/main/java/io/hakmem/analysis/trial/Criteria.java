package io.hakmem.analysis.trial;

import io.hakmem.analysis.trial.Criterion.Level;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The plan's criteria as a pure function of what was measured.
 *
 * <p>"Not decidable" is said where the data was not asked for (fewer rows or runs than the plan
 * has); data that was asked for and is missing because a run failed or a swap was not proven is
 * "not met".
 *
 * <p>The plan's "&lt; 10 % variance" is read as the coefficient of variation of direct's runs in a
 * row: the range grows with the number of runs, so that more evidence would make it harder to meet.
 */
final class Criteria {

  static final double MUST_OPS = 20e6;
  static final double SHOULD_OPS = 30e6;
  static final double NICE_OPS = 50e6;
  static final double MUST_RATIO = 2;
  static final double SHOULD_RATIO = 3;
  static final double MOST_VARIATION = 0.10;

  /** Fewer runs than this say nothing about their scatter. */
  static final int FEWEST_RUNS = 3;

  /** The plan's own expectation spans 1.6 between its best and its worst size. */
  static final double UNIFORM_SPAN = 2;

  private final Evidence evidence;

  private Criteria(Evidence evidence) {
    this.evidence = evidence;
  }

  /**
   * What the criteria look at.
   *
   * @param rows the rows that were asked for
   * @param rowsOfPlan how many the plan has
   * @param stress direct's large stress
   * @param stability direct's five seeds
   * @param others all other runs of direct
   * @param checks all runs of checked-scan
   * @param checksProven whether a recording proves that the checks were live
   */
  record Evidence(
      List<Row> rows,
      int rowsOfPlan,
      Count stress,
      Count stability,
      Count others,
      Count checks,
      boolean checksProven) {}

  /** One row: medians in ops/s, the coefficient of variation of direct; NaN for unknown. */
  record Row(
      String label,
      boolean measured,
      double direct,
      double ratio,
      double variation,
      int directRuns) {}

  /** How many runs there were to be and how many passed. */
  record Count(int planned, int passed) {
    boolean all() {
      return passed == planned;
    }

    @Override
    public String toString() {
      return passed + " of " + planned;
    }
  }

  static List<Criterion> judge(Evidence evidence) {
    Criteria criteria = new Criteria(evidence);
    return List.of(
        criteria.onAll(
            Level.P0, "> 20 M ops/s on all rows", Row::direct, MUST_OPS, Criteria::million),
        criteria.onAll(
            Level.P0, "> 2x the checked scan on all rows", Row::ratio, MUST_RATIO, Criteria::times),
        criteria.stress(),
        criteria.stability(),
        criteria.checks(),
        criteria.onMost("> 30 M ops/s on most rows", Row::direct, SHOULD_OPS, Criteria::million),
        criteria.onMost(
            "> 3x the checked scan on most rows", Row::ratio, SHOULD_RATIO, Criteria::times),
        criteria.variation(),
        criteria.nice(),
        criteria.uniform());
  }

  /** Whether no P0 criterion is missed: this alone decides the exit code. */
  static boolean mustsHold(List<Criterion> criteria) {
    return criteria.stream()
        .noneMatch(c -> c.level() == Level.P0 && c.outcome() == Outcome.NOT_MET);
  }

  private Criterion onAll(
      Level level, String name, ToDoubleFunction<Row> figure, double above, Format format) {
    List<Row> rows = measured();
    if (rows.isEmpty()) {
      return new Criterion(level, name, nothing(), "no row has figures");
    }
    Row lowest = lowest(rows, figure);
    double value = figure.applyAsDouble(lowest);
    String detail = "lowest: " + lowest.label() + " with " + format.of(value) + missingRows();
    boolean broken = rows.size() < evidence.rows().size();
    Outcome outcome =
        !(value > above) || broken
            ? Outcome.NOT_MET
            : partial() ? Outcome.NOT_DECIDABLE : Outcome.MET;
    return new Criterion(level, name, outcome, detail);
  }

  private Criterion onMost(String name, ToDoubleFunction<Row> figure, double above, Format format) {
    List<Row> rows = measured();
    if (rows.isEmpty()) {
      return new Criterion(Level.P1, name, nothing(), "no row has figures");
    }
    int good = (int) rows.stream().filter(row -> figure.applyAsDouble(row) > above).count();
    int bad = evidence.rows().size() - good;
    Outcome outcome = Outcome.NOT_DECIDABLE;
    if (2 * good > evidence.rowsOfPlan()) {
      outcome = Outcome.MET;
    } else if (2 * bad >= evidence.rowsOfPlan()) {
      outcome = Outcome.NOT_MET;
    }
    double median = Statistics.median(rows.stream().map(figure::applyAsDouble).toList());
    String detail =
        good + " of " + evidence.rows().size() + ", median " + format.of(median) + missingRows();
    return new Criterion(Level.P1, name, outcome, detail);
  }

  private Criterion stress() {
    Count stress = evidence.stress();
    Count others = evidence.others();
    Outcome outcome =
        !stress.all() || !others.all()
            ? Outcome.NOT_MET
            : stress.planned() >= 5 ? Outcome.MET : Outcome.NOT_DECIDABLE;
    String detail = "stress " + stress + ", all other runs of direct " + others;
    return new Criterion(Level.P0, "5 of 5 runs without a crash", outcome, detail);
  }

  private Criterion stability() {
    Count stability = evidence.stability();
    return new Criterion(
        Level.P0,
        "five seeds complete",
        stability.planned() == 0
            ? Outcome.NOT_DECIDABLE
            : stability.all() ? Outcome.MET : Outcome.NOT_MET,
        "direct "
            + stability
            + "; a run of 1 ms is too short for the plan's ±5 %, the variance below stands for it");
  }

  private Criterion checks() {
    Count checks = evidence.checks();
    boolean met = checks.planned() > 0 && checks.all() && evidence.checksProven();
    String detail =
        "checked-scan runs "
            + checks
            + ", checks "
            + (evidence.checksProven() ? "" : "not ")
            + "proven live";
    return new Criterion(
        Level.P0, "the checks work in debug", met ? Outcome.MET : Outcome.NOT_MET, detail);
  }

  private Criterion variation() {
    String name = "< 10 % variance across runs";
    List<Row> rows = measured().stream().filter(row -> row.directRuns() >= FEWEST_RUNS).toList();
    if (rows.isEmpty()) {
      String detail = "needs " + FEWEST_RUNS + " runs of a row";
      return new Criterion(Level.P1, name, Outcome.NOT_DECIDABLE, detail);
    }
    Row worst = rows.stream().max(Comparator.comparingDouble(Row::variation)).orElseThrow();
    Outcome outcome = worst.variation() < MOST_VARIATION ? Outcome.MET : Outcome.NOT_MET;
    String detail = "largest: " + worst.label() + " with " + Numbers.percent(worst.variation());
    return new Criterion(Level.P1, name, outcome, detail);
  }

  private Criterion nice() {
    String name = "> 50 M ops/s on some rows";
    List<Row> rows = measured();
    if (rows.isEmpty()) {
      return new Criterion(Level.P2, name, nothing(), "no row has figures");
    }
    Row best = rows.stream().max(Comparator.comparingDouble(Row::direct)).orElseThrow();
    Outcome outcome =
        best.direct() > NICE_OPS
            ? Outcome.MET
            : partial() ? Outcome.NOT_DECIDABLE : Outcome.NOT_MET;
    return new Criterion(
        Level.P2, name, outcome, "best: " + best.label() + " with " + million(best.direct()));
  }

  private Criterion uniform() {
    String name = "uniform improvement from 128 to 1024";
    List<Row> rows = measured();
    if (rows.size() < 2) {
      return new Criterion(Level.P2, name, Outcome.NOT_DECIDABLE, "needs two rows");
    }
    double low = lowest(rows, Row::ratio).ratio();
    double high = rows.stream().mapToDouble(Row::ratio).max().orElseThrow();
    Outcome outcome =
        high / low > UNIFORM_SPAN
            ? Outcome.NOT_MET
            : rows.size() < evidence.rowsOfPlan() ? Outcome.NOT_DECIDABLE : Outcome.MET;
    String detail =
        times(low) + " to " + times(high) + ", span " + Numbers.two(high / low) + " (at most 2)";
    return new Criterion(Level.P2, name, outcome, detail);
  }

  private List<Row> measured() {
    Predicate<Row> measured = Row::measured;
    return new ArrayList<>(evidence.rows().stream().filter(measured).toList());
  }

  private boolean partial() {
    return evidence.rows().size() < evidence.rowsOfPlan();
  }

  /** The outcome of a criterion on rows when none of those asked for has figures. */
  private Outcome nothing() {
    return evidence.rows().isEmpty() ? Outcome.NOT_DECIDABLE : Outcome.NOT_MET;
  }

  private String missingRows() {
    int broken = evidence.rows().size() - measured().size();
    String lost = broken == 0 ? "" : "; " + broken + " without valid figures";
    return partial()
        ? lost + "; " + evidence.rows().size() + " of " + evidence.rowsOfPlan() + " rows ran"
        : lost;
  }

  private static Row lowest(List<Row> rows, ToDoubleFunction<Row> figure) {
    return rows.stream().min(Comparator.comparingDouble(figure)).orElseThrow();
  }

  private static String million(double operations) {
    return Numbers.million(operations) + " M";
  }

  private static String times(double ratio) {
    return Numbers.two(ratio) + "x";
  }

  /** How a figure is printed. */
  private interface Format {
    String of(double value);
  }
}
