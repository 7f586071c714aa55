package io.hakmem.analysis.trial;

import io.hakmem.analysis.render.TextTable;
import java.util.List;

/** What changed since an earlier trial, as text. */
final class BaselineText {

  static final List<String> HEADINGS = List.of("row", "path", ">then", ">now", ">now/then", "");

  private BaselineText() {}

  static List<List<String>> rows(List<Baseline.Change> changes, TrialOptions options) {
    return changes.stream()
        .map(
            change ->
                List.of(
                    change.row(),
                    change.path().label(),
                    options.speed(change.then()),
                    options.speed(change.now()),
                    RatioText.interval(change.ratio()),
                    change.verdict()))
        .toList();
  }

  static String render(
      Baseline baseline, List<Baseline.Change> changes, TrialOptions options, int width) {
    String commit = baseline.commit().isEmpty() ? "" : ", commit " + baseline.commit();
    StringBuilder text =
        new StringBuilder(
            Wrap.text("", "  ", "Against the baseline " + baseline.file() + commit, width));
    if (changes.isEmpty()) {
      return text.append("  no row in common\n\n").toString();
    }
    TextTable table = TextTable.of(HEADINGS.toArray(new String[0]));
    rows(changes, options).forEach(table::row);
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
