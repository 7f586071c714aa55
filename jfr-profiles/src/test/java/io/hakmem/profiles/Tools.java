package io.hakmem.profiles;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the JDK's programs. */
final class Tools {

  private static final long TIMEOUT_SECONDS = 240;

  private Tools() {}

  /** Output of {@code tool arguments…}, which has to succeed. */
  static String run(String tool, List<String> arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", tool).toString());
    command.addAll(arguments);
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      process.destroyForcibly();
      throw new IllegalStateException(command + " failed: " + output);
    }
    return output;
  }

  static String run(String tool, String... arguments) throws IOException, InterruptedException {
    return run(tool, Arrays.asList(arguments));
  }
}
