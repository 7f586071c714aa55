package io.hakmem.analysis.trial;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Invalid frees of one kind that a recording holds.
 *
 * @param kind as the allocator names it, such as {@code doubleFree}
 * @param site the code that freed; empty where unknown
 * @param count how often
 */
record Misuse(String kind, String site, long count) {

  /** The first line of the allocator's exception and of its report. */
  private static final Pattern LINE =
      Pattern.compile(
          "invalid free of 0x\\p{XDigit}+ \\(header 0x\\p{XDigit}+, path [a-z-]+\\): (\\w+)");

  private static final int LONGEST_LINE = 2_000;
  private static final int MOST_LINES = 1_000_000;

  /** What the first such line of a child's stderr names; an empty text for none. */
  static String inLog(Path stderr) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(Files.newInputStream(stderr), StandardCharsets.UTF_8))) {
      String line = lines.readLine();
      for (int i = 0; line != null && i < MOST_LINES; i++) {
        Matcher matcher = LINE.matcher(line.substring(0, Math.min(LONGEST_LINE, line.length())));
        if (matcher.find()) {
          return matcher.group();
        }
        line = lines.readLine();
      }
      return "";
    }
  }
}
