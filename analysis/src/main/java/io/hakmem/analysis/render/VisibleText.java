package io.hakmem.analysis.render;

/**
 * Text of unknown origin on one line: what a terminal would obey becomes visible, and widths are
 * those of a terminal.
 */
public final class VisibleText {

  private VisibleText() {}

  /**
   * The text with line ends, escapes and every other character that has no picture written as
   * {@code \n}, {@code \x1B} or {@code \u202E}. Trailing line ends go: stacks end in one.
   */
  public static String of(String text) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == '\n') {
      end--;
    }
    if (isPlain(text, end)) {
      return text.substring(0, end);
    }
    StringBuilder visible = new StringBuilder();
    for (int i = 0; i < end; ) {
      int c = text.codePointAt(i);
      append(visible, c);
      i += Character.charCount(c);
    }
    return visible.toString();
  }

  private static boolean isPlain(String text, int end) {
    for (int i = 0; i < end; i++) {
      if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static void append(StringBuilder visible, int c) {
    switch (c) {
      case '\n' -> visible.append("\\n");
      case '\r' -> visible.append("\\r");
      case '\t' -> visible.append("\\t");
      default -> {
        if (!obeyed(c)) {
          visible.appendCodePoint(c);
        } else {
          visible.append(String.format(c < 0x100 ? "\\x%02X" : "\\u%04X", c));
        }
      }
    }
  }

  /** Controls, marks of writing direction, line separators and halves of a pair. */
  private static boolean obeyed(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }

  /** Columns of a terminal that the text takes. */
  public static int width(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      width += width(c);
      i += Character.charCount(c);
    }
    return width;
  }

  private static int width(int c) {
    if (c < 0x300) {
      return 1;
    }
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    return isWide(c) ? 2 : 1;
  }

  /** East Asian wide and full-width blocks, and pictures. */
  private static boolean isWide(int c) {
    return (c >= 0x1100 && c <= 0x115F)
        || (c >= 0x2E80 && c <= 0xA4CF)
        || (c >= 0xAC00 && c <= 0xD7A3)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0xFE30 && c <= 0xFE6F)
        || (c >= 0xFF00 && c <= 0xFF60)
        || (c >= 0xFFE0 && c <= 0xFFE6)
        || (c >= 0x1F300 && c <= 0x1FAFF)
        || (c >= 0x20000 && c <= 0x3FFFD);
  }

  /** The text's start in at most so many columns, ended by an ellipsis where something is cut. */
  public static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    StringBuilder start = new StringBuilder();
    int room = columns - 1;
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      room -= width(c);
      if (room < 0) {
        break;
      }
      start.appendCodePoint(c);
      i += Character.charCount(c);
    }
    return columns < 1 ? "" : start.append('…').toString();
  }
}
