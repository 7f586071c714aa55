package io.hakmem.analysis.verdict;

/** The verdict as text for a terminal. */
public final class HotPathText {

  private HotPathText() {}

  /** Lines of at most {@code width} columns, without colours, each ended by a newline. */
  public static String render(HotPath hotPath, int width) {
    return hotPath.recording() + System.lineSeparator().repeat(Math.min(width, 1));
  }
}
