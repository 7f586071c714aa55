package io.hakmem.analysis.trial;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A java command as its words.
 *
 * @param words the command first
 */
public record JavaWords(List<String> words) {

  /** The flags of the launcher java, and of every JVM. */
  private static final List<String> FLAG_VARIABLES =
      List.of("JDK_JAVA_OPTIONS", "JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS");

  // 1.8.0_x counts as 1, which is old enough.
  private static final Pattern VERSION = Pattern.compile("\"?(\\d{1,4})");

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
      if (word.startsWith(RECORDING_FLAG) || argumentFileRecords(word)) {
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

  /**
   * As {@link #refuseSecondRecording}, for the flags that a JVM takes from its environment.
   *
   * @throws IllegalArgumentException if they start a recording
   */
  public static void refuseSecondRecording(Map<String, String> environment) {
    for (String variable : FLAG_VARIABLES) {
      if (environment.getOrDefault(variable, "").contains(RECORDING_FLAG)) {
        throw new IllegalArgumentException(
            "the environment variable %s has a %s, and two recordings in one JVM turn on each other's events; unset it"
                .formatted(variable, RECORDING_FLAG));
      }
    }
  }

  private static boolean argumentFileRecords(String word) {
    if (!word.startsWith("@")) {
      return false;
    }
    try {
      String flags = Files.readString(Path.of(word.substring(1)));
      return flags.lines().anyMatch(line -> line.contains(RECORDING_FLAG) && !line.startsWith("#"));
    } catch (IOException | InvalidPathException e) {
      // The JVM says itself what it cannot read.
      return false;
    }
  }

  /**
   * The feature version of a java that is named by its path; empty where its JDK does not say.
   *
   * <p>The JDK's {@code release} file saves starting a JVM.
   */
  public OptionalInt version() {
    try {
      Path home = Path.of(words.getFirst()).toRealPath().getParent();
      Path release = home == null ? null : home.resolveSibling("release");
      if (release == null || !Files.isReadable(release)) {
        return OptionalInt.empty();
      }
      Properties properties = new Properties();
      properties.load(new StringReader(Files.readString(release)));
      Matcher version = VERSION.matcher(properties.getProperty("JAVA_VERSION", ""));
      return version.lookingAt()
          ? OptionalInt.of(Integer.parseInt(version.group(1)))
          : OptionalInt.empty();
    } catch (IOException | InvalidPathException e) {
      return OptionalInt.empty();
    }
  }
}
