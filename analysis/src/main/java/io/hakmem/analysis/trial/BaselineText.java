package io.hakmem.analysis.trial;

import io.hakmem.analysis.render.TextTable;
import java.util.List;

/** What changed since an earlier trial, as text. */
final class BaselineText {

  private BaselineText() {}

  static String render(Baseline baseline, List<Baseline.Change> changes, int width) {
    String commit = baseline.commit().isEmpty() ? "" : ", commit " + baseline.commit();
    StringBuilder text =
        new StringBuilder(
            Wrap.text("", "  ", "Against the baseline " + baseline.file() + commit, width));
    if (changes.isEmpty()) {
      return text.append("  no row in common\n\n").toString();
    }
    TextTable table = TextTable.of("row", "path", ">then", ">now", ">now/then", "");
    changes.forEach(
        change ->
            table.row(
                change.row(),
                change.path().label(),
                Numbers.million(change.then()),
                Numbers.million(change.now()),
                RatioText.interval(change.ratio()),
                change.verdict()));
    return text.append(table.render("  ", width))
        .append(
            Wrap.text(
                "  ",
                "  ",
                "Two trials at different times: what else the machine did is in the difference.",
                width))
        .append('\n')
        .toString();
  }
}
