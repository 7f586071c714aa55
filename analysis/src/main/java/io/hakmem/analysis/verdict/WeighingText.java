package io.hakmem.analysis.verdict;

import static io.hakmem.analysis.render.Texts.count;
import static io.hakmem.analysis.render.Texts.wrap;

import io.hakmem.analysis.render.TextTable;
import java.util.Locale;

/** Cost per operation, witnesses and recommendations as text. */
final class WeighingText {

  private static final String INDENT = "  ";

  private WeighingText() {}

  static void append(StringBuilder text, HotPath hotPath, int width) {
    Weighing weighing = hotPath.weighing();
    if (!weighing.costs().isEmpty()) {
      TextTable table = TextTable.of("layer", ">ns", ">95 % interval");
      weighing
          .costs()
          .forEach(
              cost ->
                  table.row(
                      cost.layer(),
                      nanos(cost.nanos()),
                      nanos(cost.low()) + "–" + nanos(cost.high())));
      String title =
          "CPU time per operation: %s ns, over %s allocates and frees"
              .formatted(nanos(weighing.nanosPerOperation()), count(weighing.operations()));
      HotPathText.section(text, title, table, width);
    }
    if (!weighing.witnesses().isEmpty()) {
      text.append("\nOther witnesses\n");
      weighing
          .witnesses()
          .forEach(
              witness ->
                  indented(
                      text,
                      "%s %s: %s."
                          .formatted(
                              witness.witness(),
                              witness.agrees() ? "agree" : "DISAGREE",
                              witness.numbers()),
                      width));
    }
    if (!hotPath.recommendations().isEmpty()) {
      text.append("\nRecommendations\n");
      hotPath.recommendations().forEach(r -> indented(text, r.sentence(), width));
    }
  }

  static void indented(StringBuilder text, String words, int width) {
    String rest = INDENT;
    for (String line : wrap(words, width - 2 * INDENT.length()).lines().toList()) {
      text.append(rest).append(line).append('\n');
      rest = INDENT + INDENT;
    }
  }

  private static String nanos(double nanos) {
    return String.format(Locale.ROOT, nanos < 10 ? "%.2f" : "%.1f", nanos);
  }
}
