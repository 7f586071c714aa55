package io.hakmem;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs a main class of the test tree in a JVM of its own. */
public final class ChildJvm {

  /** How it ended; {@code output} is both streams together. */
  public record Result(int exitCode, String output) {
    public List<String> lines() {
      return output.lines().toList();
    }
  }

  private ChildJvm() {}

  /** Runs the class with the module's main and test classes, and waits for its end. */
  public static Result run(Class<?> main, List<String> flags, String... arguments)
      throws IOException, InterruptedException, URISyntaxException {
    return runWith("", main, flags, arguments);
  }

  /** The same with an entry in front of the class path, if it is not empty. */
  public static Result runWith(String first, Class<?> main, List<String> flags, String... arguments)
      throws IOException, InterruptedException, URISyntaxException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(flags);
    command.add("-cp");
    String separator = System.getProperty("path.separator");
    String classPath = String.join(separator, home(Hakmem.class), home(main));
    command.add(first.isEmpty() ? classPath : first + separator + classPath);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    Path output = Files.createTempFile("child", ".txt");
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("still running: " + command + "\n" + Files.readString(output));
      }
      return new Result(process.exitValue(), Files.readString(output, UTF_8));
    } finally {
      Files.delete(output);
    }
  }

  private static String home(Class<?> type) throws URISyntaxException {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString();
  }
}
