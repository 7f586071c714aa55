package io.hakmem.agent;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts JVMs with the jars that the build made, as a user would. */
final class ChildJvm {

  /** What a process left behind. */
  record Result(int exit, String out, String err) {

    List<String> errLines() {
      return err.lines().toList();
    }
  }

  private static final long TIMEOUT_SECONDS = 120;

  private ChildJvm() {}

  /** For tools that run without JUnit. */
  static void requireEqual(Object expected, Object actual) {
    if (!expected.equals(actual)) {
      throw new AssertionError("expected " + expected + " but was " + actual);
    }
  }

  static Path agentJar() {
    return home(HakmemAgent.class);
  }

  static Path allocatorJar() {
    return home(io.hakmem.Hakmem.class);
  }

  static Path benchmarksJar() {
    return home(io.hakmem.benchmarks.Main.class);
  }

  static Path testClasses() {
    return home(ChildJvm.class);
  }

  private static Path home(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  static String agent(String arguments) {
    return "-javaagent:" + agentJar() + (arguments.isEmpty() ? "" : "=" + arguments);
  }

  static String classPath(Path... entries) {
    List<String> names = new ArrayList<>();
    for (Path entry : entries) {
      names.add(entry.toString());
    }
    return String.join(System.getProperty("path.separator"), names);
  }

  static String tool(String name) {
    return Path.of(System.getProperty("java.home"), "bin", name).toString();
  }

  /** A java command with what every JVM of these tests needs. */
  static List<String> java(String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(tool("java"));
    command.add("--enable-native-access=ALL-UNNAMED");
    command.addAll(List.of(arguments));
    return command;
  }

  static Result run(List<String> command) throws IOException, InterruptedException {
    return run(command, Map.of());
  }

  /** Runs to the end, with some environment variables more. */
  static Result run(List<String> command, Map<String, String> environment)
      throws IOException, InterruptedException {
    Path out = Files.createTempFile("child", ".out");
    Path err = Files.createTempFile("child", ".err");
    try {
      ProcessBuilder builder =
          new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      process.getOutputStream().close();
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new IllegalStateException("still running after a long time: " + command);
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }
}
