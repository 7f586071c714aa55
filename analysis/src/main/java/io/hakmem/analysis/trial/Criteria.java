package io.hakmem.analysis.trial;

import io.hakmem.analysis.trial.Criterion.Level;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/**
 * The plan's criteria as a pure function of what was measured.
 *
 * <p>Each figure comes with a 95 % interval. A criterion is met when the intervals lie on its side
 * of the threshold entirely, not met when they lie entirely on the other, and not decidable where
 * one holds the threshold: so three trials in a row don't contradict each other because of noise.
 * It is not decidable either where the data was not asked for (fewer rows or runs than the plan
 * has); data that was asked for and is missing because a run failed or a swap was not proven is
 * "not met".
 */
final class Criteria {

  static final double MUST_OPS = 20e6;
  static final double SHOULD_OPS = 30e6;
  static final double NICE_OPS = 50e6;
  static final double MUST_RATIO = 2;
  static final double SHOULD_RATIO = 3;
  static final double MOST_VARIATION = 0.10;

  /**
   * What the plan itself expects, 35 M from 8.25 M to 35 M from 5.24 M, spans so much between its
   * best and its worst size.
   */
  static final double UNIFORM_SPAN = (35 / 5.24) / (35 / 8.25);

  private final Evidence evidence;
  private final List<Row> measured;

  private Criteria(Evidence evidence) {
    this.evidence = evidence;
    this.measured = evidence.rows().stream().filter(Row::measured).toList();
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

  /**
   * One row.
   *
   * @param direct median throughput in ops/s
   * @param ratio direct over checked-scan
   * @param runs of direct, in ops/s
   */
  record Row(String label, boolean measured, Range direct, Range ratio, List<Double> runs) {}

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
        criteria.onAll("> 20 M ops/s on all rows", Row::direct, MUST_OPS, Criteria::million),
        criteria.onAll(
            "> 2x the checked scan on all rows", Row::ratio, MUST_RATIO, Criteria::times),
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

  private Criterion onAll(String name, Function<Row, Range> figure, double bound, Format format) {
    if (measured.isEmpty()) {
      return new Criterion(Level.P0, name, nothing(), "no row has figures");
    }
    boolean missed =
        measured.stream().anyMatch(row -> figure.apply(row).notAbove(bound))
            || allTogether(figure).notAbove(bound);
    boolean met = measured.stream().allMatch(row -> figure.apply(row).above(bound));
    boolean broken = measured.size() < evidence.rows().size();
    Outcome outcome =
        missed || broken
            ? Outcome.NOT_MET
            : met && !partial() ? Outcome.MET : Outcome.NOT_DECIDABLE;
    Row lowest =
        measured.stream()
            .min(Comparator.comparingDouble(row -> figure.apply(row).low()))
            .orElseThrow();
    String detail = "lowest: " + lowest.label() + " with " + range(figure.apply(lowest), format);
    return new Criterion(Level.P0, name, outcome, detail + missingRows());
  }

  /** Rows of one run each say little; if their median misses, some row does. */
  private Range allTogether(Function<Row, Range> figure) {
    MedianInterval rows =
        MedianInterval.of(measured.stream().map(row -> figure.apply(row).middle()).toList());
    return rows.confident()
        ? new Range(rows.median(), rows.low(), rows.high(), false)
        : new Range(rows.median(), 0, Double.POSITIVE_INFINITY, true);
  }

  private Criterion onMost(String name, Function<Row, Range> figure, double bound, Format format) {
    if (measured.isEmpty()) {
      return new Criterion(Level.P1, name, nothing(), "no row has figures");
    }
    long good = measured.stream().filter(row -> figure.apply(row).above(bound)).count();
    long missed = measured.stream().filter(row -> figure.apply(row).notAbove(bound)).count();
    long bad = missed + evidence.rows().size() - measured.size();
    Outcome outcome = Outcome.NOT_DECIDABLE;
    if (2 * good > evidence.rowsOfPlan()) {
      outcome = Outcome.MET;
    } else if (2 * bad >= evidence.rowsOfPlan()) {
      outcome = Outcome.NOT_MET;
    }
    double median =
        Statistics.median(measured.stream().map(row -> figure.apply(row).middle()).toList());
    long open = evidence.rows().size() - good - bad;
    String detail =
        good
            + " of "
            + evidence.rows().size()
            + " surely"
            + (open == 0 ? "" : ", " + open + " too near to tell")
            + ", median "
            + format.of(median)
            + assumed()
            + missingRows();
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

  /**
   * Runs of all rows together say how far runs scatter; a row that by itself scatters more, as
   * surely as its few runs can tell, misses for all.
   */
  private Criterion variation() {
    String name = "< 10 % variance across runs";
    Spread all = Spread.of(measured.stream().map(Row::runs).toList());
    if (Double.isNaN(all.low())) {
      return new Criterion(Level.P1, name, Outcome.NOT_DECIDABLE, "needs 3 runs of a row");
    }
    List<Row> unsteady =
        measured.stream()
            .filter(row -> Spread.of(List.of(row.runs())).low() >= MOST_VARIATION)
            .toList();
    Outcome outcome = Outcome.NOT_DECIDABLE;
    if (!unsteady.isEmpty() || all.low() >= MOST_VARIATION) {
      outcome = Outcome.NOT_MET;
    } else if (all.high() < MOST_VARIATION) {
      outcome = Outcome.MET;
    }
    String detail =
        Numbers.percent(all.value())
            + " ("
            + Numbers.percent(all.low())
            + " to "
            + Numbers.percent(all.high())
            + ") over "
            + all.runs()
            + " runs, the farthest "
            + Numbers.improvement(1 + all.farthest())
            + " off its row"
            + (unsteady.isEmpty() ? "" : "; unsteady: " + unsteady.getFirst().label());
    return new Criterion(Level.P1, name, outcome, detail);
  }

  private Criterion nice() {
    String name = "> 50 M ops/s on some rows";
    if (measured.isEmpty()) {
      return new Criterion(Level.P2, name, nothing(), "no row has figures");
    }
    Row best =
        measured.stream().max(Comparator.comparingDouble(row -> row.direct().low())).orElseThrow();
    boolean none = measured.stream().allMatch(row -> row.direct().notAbove(NICE_OPS));
    Outcome outcome = Outcome.NOT_DECIDABLE;
    if (best.direct().above(NICE_OPS)) {
      outcome = Outcome.MET;
    } else if (none && !partial()) {
      outcome = Outcome.NOT_MET;
    }
    return new Criterion(
        Level.P2,
        name,
        outcome,
        "best: " + best.label() + " with " + range(best.direct(), Criteria::million));
  }

  private Criterion uniform() {
    String name = "uniform improvement from 128 to 1024";
    if (measured.size() < 2) {
      return new Criterion(Level.P2, name, Outcome.NOT_DECIDABLE, "needs two rows");
    }
    double lowestHigh =
        measured.stream().mapToDouble(row -> row.ratio().high()).min().orElseThrow();
    double lowestLow = measured.stream().mapToDouble(row -> row.ratio().low()).min().orElseThrow();
    double highestLow = measured.stream().mapToDouble(row -> row.ratio().low()).max().orElseThrow();
    double highestHigh =
        measured.stream().mapToDouble(row -> row.ratio().high()).max().orElseThrow();
    double low = measured.stream().mapToDouble(row -> row.ratio().middle()).min().orElseThrow();
    double high = measured.stream().mapToDouble(row -> row.ratio().middle()).max().orElseThrow();
    Range span =
        new Range(high / low, Math.max(1, highestLow / lowestHigh), highestHigh / lowestLow, false);
    Outcome outcome = Outcome.NOT_DECIDABLE;
    boolean assumed = measured.stream().anyMatch(row -> row.ratio().assumed());
    if (assumed) {
      outcome = Outcome.NOT_DECIDABLE; // of two such figures not even the order is sure
    } else if (span.above(UNIFORM_SPAN)) {
      outcome = Outcome.NOT_MET;
    } else if (span.notAbove(UNIFORM_SPAN) && measured.size() >= evidence.rowsOfPlan()) {
      outcome = Outcome.MET;
    }
    String detail =
        times(low)
            + " to "
            + times(high)
            + ", span "
            + range(span, Numbers::two)
            + "; the plan's own spans "
            + Numbers.two(UNIFORM_SPAN)
            + assumed();
    return new Criterion(Level.P2, name, outcome, detail);
  }

  private boolean partial() {
    return evidence.rows().size() < evidence.rowsOfPlan();
  }

  /** The outcome of a criterion on rows when none of those asked for has figures. */
  private Outcome nothing() {
    return evidence.rows().isEmpty() ? Outcome.NOT_DECIDABLE : Outcome.NOT_MET;
  }

  private String missingRows() {
    int broken = evidence.rows().size() - measured.size();
    String lost = broken == 0 ? "" : "; " + broken + " without valid figures";
    return partial()
        ? lost + "; " + evidence.rows().size() + " of " + evidence.rowsOfPlan() + " rows ran"
        : lost;
  }

  private String assumed() {
    return measured.stream().anyMatch(row -> row.ratio().assumed())
        ? "; fewer than 3 pairs a row, each taken as right within a factor of 2"
        : "";
  }

  private static String range(Range range, Format format) {
    String interval = format.of(range.low()) + " to " + format.of(range.high());
    return format.of(range.middle())
        + " ("
        + interval
        + (range.assumed() ? ", a factor of 2 for want of runs)" : ")");
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
