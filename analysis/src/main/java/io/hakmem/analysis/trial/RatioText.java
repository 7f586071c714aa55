package io.hakmem.analysis.trial;

import io.hakmem.analysis.render.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/** The ratios of every path with their bootstrap intervals, and the throughput of those beside. */
final class RatioText {

  static final String RATIOS = "Ratios: median of pairs and 95 % bootstrap interval";
  static final String BESIDE = "The paths beside the two: medians, and spread";

  private RatioText() {}

  /**
   * Two tables, so that both fit 80 columns.
   *
   * @param speed how throughput is printed
   */
  static String render(
      List<RowFigures> rows, List<PushPath> beside, DoubleFunction<String> speed, int width) {
    String text = RATIOS + "\n" + table(headings(beside), ratios(rows), width);
    return beside.isEmpty()
        ? text
        : text
            + "\n"
            + BESIDE
            + "\n"
            + table(besideHeadings(beside), throughput(rows, speed), width);
  }

  private static String table(List<String> headings, List<List<String>> rows, int width) {
    TextTable table = TextTable.of(headings.toArray(new String[0]));
    rows.forEach(table::row);
    return table.render("", width);
  }

  static List<String> headings(List<PushPath> beside) {
    List<String> headings = new ArrayList<>(List.of("row", ">direct/checked-scan"));
    beside.forEach(path -> headings.add(">" + path.label() + "/direct"));
    return headings;
  }

  static List<List<String>> ratios(List<RowFigures> rows) {
    List<List<String>> table = new ArrayList<>();
    for (RowFigures row : rows) {
      List<String> cells = new ArrayList<>();
      cells.add(row.row().label());
      cells.add(interval(Bootstrap.median(row.ratios())));
      row.beside().forEach(path -> cells.add(interval(Bootstrap.median(path.ofDirect()))));
      table.add(cells);
    }
    return table;
  }

  static List<String> besideHeadings(List<PushPath> beside) {
    List<String> headings = new ArrayList<>(List.of("row"));
    for (PushPath path : beside) {
      headings.add(">" + path.label());
      headings.add(">spread");
    }
    return headings;
  }

  static List<List<String>> throughput(List<RowFigures> rows, DoubleFunction<String> speed) {
    List<List<String>> table = new ArrayList<>();
    for (RowFigures row : rows) {
      List<String> cells = new ArrayList<>();
      cells.add(row.row().label());
      for (BesideFigures figures : row.beside()) {
        cells.add(speed.apply(figures.median()));
        cells.add(Numbers.percent(Statistics.coefficientOfVariation(figures.throughput())));
      }
      table.add(cells);
    }
    return table;
  }

  static String interval(Bootstrap ratio) {
    if (Double.isNaN(ratio.median())) {
      return "-";
    }
    return Double.isNaN(ratio.low())
        ? Numbers.two(ratio.median())
        : String.format(Locale.ROOT, "%.2f (%.2f-%.2f)", ratio.median(), ratio.low(), ratio.high());
  }
}
