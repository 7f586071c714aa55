package io.hakmem.analysis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.hakmem.analysis.render.Paint;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A trial's report in each format, also where names are hostile. */
class ReportFormatsTest {

  private static final String HOSTILE =
      "| <b>x</b> `c` *s* [l](http://e.com) \u001b[31mred\u202e\n# head\n- item\n\n---\n&amp; \"q\"";

  private static String text(TrialReport report, int width, Paint paint) {
    return TrialText.render(report, Path.of("out"), width, paint);
  }

  @Test
  void theVerdictComesFirstAndNothingIsCut() {
    TrialReport report = TrialMembers.report("");
    for (int width : new int[] {80, 100}) {
      String text = text(report, width, Paint.OFF);
      assertTrue(text.lines().allMatch(line -> line.length() <= width), text);
      String ratios = text.substring(text.indexOf("Ratios:"), text.indexOf("Criteria"));
      assertFalse(ratios.contains("…"), ratios);
      assertTrue(text.lines().skip(2).findFirst().orElse("").startsWith("The direct push"), text);
    }
  }

  @Test
  void allPathsFitEightyColumns() {
    List<PushPath> beside = List.of(PushPath.GUARDED, PushPath.CHECKED);
    List<Double> ratios = List.of(10.0, 11.0, 12.0);
    List<BesideFigures> figures =
        beside.stream().map(path -> new BesideFigures(path, ratios, ratios)).toList();
    RowFigures row = new RowFigures(TrialRow.ALL.getLast(), ratios, ratios, ratios, figures, "");
    String table = RatioText.render(List.of(row), beside, Numbers::million, 80);
    assertFalse(table.contains("…"), table);
    assertTrue(table.contains("checked/direct"), table);
    assertEquals(4, table.split(Pattern.quote("11.00 (10.00-12.00)"), -1).length, table);
  }

  @Test
  void coloursAreForTerminals() {
    TrialReport report = TrialMembers.report("");
    assertFalse(text(report, 80, Paint.OFF).contains("\u001b"));
    assertTrue(text(report, 80, Paint.ON).contains("\u001b[3"));
  }

  @Test
  void hostileTextStaysText() {
    TrialReport report = TrialMembers.report(HOSTILE);
    String plain = text(report, 80, Paint.OFF);
    String markdown = TrialMarkdown.render(report);
    for (String rendered : List.of(plain, markdown)) {
      assertFalse(rendered.contains("\u001b"), rendered);
      assertFalse(rendered.contains("\u202e"), rendered);
    }
    assertFalse(markdown.contains("<b>"), markdown);
    assertFalse(markdown.lines().anyMatch(line -> line.matches("# head.*|- item.*|---")), markdown);
    markdown
        .lines()
        .filter(line -> line.startsWith("|") && line.contains("head"))
        .forEach(
            line -> {
              long bars = line.replaceAll("\\\\.", "").chars().filter(c -> c == '|').count();
              assertTrue(bars >= 3 && bars <= 8, line);
            });
    assertTrue(TrialMembers.of(TrialJson.render(report)).contains("verdict"));
  }
}
