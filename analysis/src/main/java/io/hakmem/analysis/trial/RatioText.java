package io.hakmem.analysis.trial;

import io.hakmem.analysis.render.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The ratios of every path with their bootstrap intervals, and the throughput of those beside. */
final class RatioText {

  private RatioText() {}

  static String render(List<RowFigures> rows, List<PushPath> beside, int width) {
    List<String> headings = new ArrayList<>(List.of("row", ">direct/checked-scan"));
    for (PushPath path : beside) {
      headings.add(">" + path.label() + " M/s");
      headings.add(">of direct");
    }
    TextTable table = TextTable.of(headings.toArray(new String[0]));
    for (RowFigures row : rows) {
      List<String> cells = new ArrayList<>();
      cells.add(row.row().label());
      cells.add(interval(Bootstrap.median(row.ratios())));
      for (BesideFigures figures : row.beside()) {
        cells.add(Numbers.million(figures.median()));
        cells.add(interval(Bootstrap.median(figures.ofDirect())));
      }
      table.row(cells);
    }
    return "Ratios: median of pairs and 95 % bootstrap interval\n" + table.render("", width);
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
