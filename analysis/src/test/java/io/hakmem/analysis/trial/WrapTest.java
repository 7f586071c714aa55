package io.hakmem.analysis.trial;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class WrapTest {

  @Test
  void linesEndAtTheWidth() {
    assertEquals("- one\n  two\n", Wrap.text("- ", "  ", "one two", 6));
    assertEquals("- one two\n", Wrap.text("- ", "  ", "one  two ", 9));
  }

  @Test
  void aWordThatIsTooLongStandsAlone() {
    assertEquals("a\nlongword\nb\n", Wrap.text("", "", "a longword b", 3));
  }

  @Test
  void aPercentSignStaysWithItsNumber() {
    assertEquals("ab\n12 % c\n", Wrap.text("", "", "ab 12 % c", 6));
  }

  @Test
  void noTextIsTheFirstPrefix() {
    assertEquals("x\n", Wrap.text("x  ", "", "", 10));
  }
}
