package io.hakmem.analysis.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Colours, widths, and text of unknown origin in reports. */
class ReportTextTest {

  @ParameterizedTest
  @CsvSource({
    "true, , xterm-256color, ON",
    "true, '', xterm, ON",
    "true, , , ON",
    "true, 1, xterm, OFF",
    "true, , dumb, OFF",
    "false, , xterm, OFF"
  })
  void coloursAreForTerminalsThatWantThem(
      boolean terminal, String noColor, String term, Paint paint) {
    assertEquals(paint, Paint.of(terminal, noColor, term));
  }

  @ParameterizedTest
  @CsvSource({"120, 100", "100, 100", "90, 90", "40, 80", ", 80", "many, 80", "0, 80"})
  void reportsAreEightyToAHundredColumnsWide(String told, int columns) {
    assertEquals(columns, Terminal.clamped(told));
  }

  @Test
  void nothingOfAParagraphIsMarkup() {
    String text =
        new Markdown().paragraph("1. <b>*x*</b>\n# y [l](http://e.com) www.e.com").toString();
    assertEquals("1\\. \\<b\\>\\*x\\*\\</b\\> \\# y \\[l\\](http\\://e.com) www\\.e.com\n\n", text);
    assertEquals("\\- x\n\n", new Markdown().paragraph("- x").toString());
  }

  @Test
  void aCellStaysOneCell() {
    String table =
        new Markdown().table(List.of("a"), List.of(List.of("x | y\n| z \u001b[31m"))).toString();
    assertEquals("| a |\n| --- |\n| x \\| y \\| z \\\\x1B\\[31m |\n\n", table);
  }

  @Test
  void whatATerminalWouldObeyIsVisible() {
    String table = TextTable.of("a").row("x\u001b[31my\u202e").render("", 80);
    assertEquals("a\nx\\x1B[31my\\u202E\n", table);
    assertFalse(Texts.wrap("x\u001by", 80).contains("\u001b"));
  }
}
