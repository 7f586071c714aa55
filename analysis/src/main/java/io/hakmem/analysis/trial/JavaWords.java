package io.hakmem.analysis.trial;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/**
 * A java command as its words.
 *
 * @param words the command first
 */
public record JavaWords(List<String> words) {

  private static final String RECORDING_FLAG = "-XX:StartFlightRecording";

  // Their next word is a value, not the program.
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-cp",
          "-classpath",
          "--class-path",
          "-p",
          "--module-path",
          "--upgrade-module-path",
          "--add-modules",
          "--limit-modules",
          "--add-reads",
          "--add-exports",
          "--add-opens",
          "--patch-module",
          "--enable-native-access",
          "--source");

  // What follows is the program and its arguments.
  private static final Set<String> PROGRAM = Set.of("-jar", "-m", "--module");

  public JavaWords {
    words = List.copyOf(words);
  }

  /** Whether the command is java. */
  public boolean isJava() {
    String file = String.valueOf(Path.of(words.getFirst()).getFileName());
    return file.equals("java") || file.equals("java.exe");
  }

  /** Whether it is a bare {@code java}, which stands for the JDK that runs this program. */
  public boolean isBare() {
    return words.getFirst().equals("java");
  }

  /**
   * Two recordings in one JVM turn on each other's events.
   *
   * @param advice what to do instead
   * @throws IllegalArgumentException if it starts one of its own
   */
  public void refuseSecondRecording(String advice) {
    for (int i = 1; i < words.size(); i++) {
      String word = words.get(i);
      if (word.startsWith(RECORDING_FLAG)) {
        throw new IllegalArgumentException(
            "the java command has a " + RECORDING_FLAG + " of its own; leave it out" + advice);
      }
      if (PROGRAM.contains(word) || !word.matches("[-@].*")) {
        return;
      }
      if (WITH_VALUE.contains(word)) {
        i++;
      }
    }
  }
}
