package io.hakmem.analysis.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A folder that looks like a built checkout to the launcher, with JDKs and a Maven that are short
 * shell scripts. What the launcher decides can so be seen without a build, and on machines with
 * whatever JDKs.
 */
final class PreparedCheckout {

  static final List<String> JARS =
      List.of(
          "allocator/target/hakmem-allocator.jar",
          "allocator/benchmarks/target/hakmem-benchmarks.jar",
          "jfr-profiles/target/hakmem-jfr-profiles.jar",
          "agent/target/hakmem-agent.jar",
          "analysis/target/hakmem-analysis.jar");

  private static final List<String> TOOLS =
      List.of("sh", "find", "ln", "readlink", "rm", "mv", "mkdir", "touch", "tail", "sed", "sleep");

  /** What one start of the launcher gave. */
  record Run(long pid, int exit, String out, String err) {
    /** The value of {@code name=value} in the output of a {@link #jdk}. */
    String value(String name) {
      return out.lines()
          .filter(line -> line.startsWith(name + "="))
          .map(line -> line.substring(name.length() + 1))
          .findFirst()
          .orElse("");
    }
  }

  private final Path home;
  final Path root;
  final Map<String, String> environment = new TreeMap<>();

  PreparedCheckout(Path folder) throws IOException {
    home = folder.toRealPath();
    root = Files.createDirectories(home.resolve("my checkout"));
    Path launcher = Path.of(System.getProperty("basedir", ".")).resolve("../hakmem");
    Files.copy(launcher, root.resolve("hakmem"));
    for (String module :
        List.of("allocator", "allocator/benchmarks", "jfr-profiles", "agent", "analysis")) {
      Files.createDirectories(root.resolve(module).resolve("src/main/java"));
      Files.createDirectories(root.resolve(module).resolve("target"));
      Files.writeString(root.resolve(module).resolve("pom.xml"), "");
    }
    Files.writeString(root.resolve("pom.xml"), "");
    Files.createDirectories(root.resolve("analysis/target/lib"));
    for (String jar : JARS) {
      Files.writeString(root.resolve(jar), "");
    }
    Path tools = Files.createDirectories(home.resolve("tools"));
    for (String tool : TOOLS) {
      Files.createSymbolicLink(tools.resolve(tool), locate(tool));
    }
    environment.put("PATH", tools.toString());
    environment.put("HOME", home.toString());
    environment.put("HAKMEM_JDKS", Files.createDirectories(home.resolve("jdks")).toString());
  }

  private static Path locate(String tool) {
    for (String folder : List.of("/bin", "/usr/bin")) {
      if (Files.isExecutable(Path.of(folder, tool))) {
        return Path.of(folder, tool);
      }
    }
    throw new IllegalStateException(tool + " is neither in /bin nor in /usr/bin");
  }

  Path file(String name) {
    return home.resolve(name);
  }

  void jar(String name, Instant time) throws IOException {
    Files.setLastModifiedTime(root.resolve(name), FileTime.from(time));
  }

  /** Adds a JDK under {@code jdks} whose java tells how it was started and ends with code 42. */
  Path jdk(String name, String version) throws IOException {
    Path jdk = home.resolve("jdks").resolve(name);
    script(
        jdk.resolve("bin/java"),
        "echo \"jdk="
            + name
            + "\"; echo \"pid=$$\"; for argument; do echo \"argument=$argument\"; done; exit 42");
    script(jdk.resolve("bin/javac"), "");
    Files.writeString(
        jdk.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\nOS=\"y\"\n");
    return jdk;
  }

  /**
   * Puts a Maven on PATH that notes each start in {@code builds}, then does what {@code body} says.
   */
  void maven(String body) throws IOException {
    Path builds = home.resolve("builds");
    script(home.resolve("tools/mvn"), "echo \"$JAVA_HOME $*\" >>'" + builds + "'\n" + body + "\n");
  }

  /** A {@link #maven} body that makes what the launcher wants. */
  static String makeJars() {
    return "mkdir -p analysis/target/lib; touch " + String.join(" ", JARS);
  }

  List<String> builds() throws IOException {
    Path builds = home.resolve("builds");
    return Files.exists(builds) ? Files.readAllLines(builds) : List.of();
  }

  private static void script(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!/bin/sh\n" + body + "\n");
    if (!file.toFile().setExecutable(true)) {
      throw new IOException("cannot make " + file + " executable");
    }
  }

  Run run(String... arguments) throws IOException, InterruptedException {
    return run(home, root.resolve("hakmem").toString(), arguments);
  }

  Run run(Path directory, String launcher, String... arguments)
      throws IOException, InterruptedException {
    return finish(start(directory, launcher, arguments));
  }

  Process start(Path directory, String launcher, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("/bin/sh", launcher));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  static Run finish(Process process) throws IOException, InterruptedException {
    // The scripts print less than a pipe holds, so reading one stream after the other cannot block.
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("the launcher did not end: " + out + err);
    }
    return new Run(process.pid(), process.exitValue(), out, err);
  }
}
