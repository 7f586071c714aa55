package io.hakmem.analysis.trial;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Where the trial ran. Texts that the system does not tell are empty.
 *
 * @param load the system's load average at the start, negative for unknown
 * @param governor of the first core's frequency
 * @param commit of the checkout, with {@code +} for local changes
 */
public record Machine(
    String jdk, String os, String cpu, int cores, double load, String governor, String commit) {

  public static Machine look(Path home) {
    return new Machine(
        System.getProperty("java.vm.name", "")
            + " "
            + System.getProperty("java.runtime.version", ""),
        System.getProperty("os.name", "") + " " + System.getProperty("os.arch", ""),
        processor(),
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(),
        firstLine(Path.of("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor")),
        commitOf(home));
  }

  /** Whether so much else ran at the start that figures come out too low. */
  public boolean busy() {
    return load >= cores;
  }

  private static String processor() {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("");
    } catch (IOException | RuntimeException e) {
      return ""; // no such file on this system
    }
  }

  private static String firstLine(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines.findFirst().orElse("").strip();
    } catch (IOException | RuntimeException e) {
      return ""; // no such file on this system
    }
  }

  private static String commitOf(Path home) {
    if (!Files.exists(home.resolve(".git"))) {
      return "";
    }
    String hash = git(home, "rev-parse", "--short=12", "HEAD");
    boolean changed = !git(home, "status", "--porcelain", "--untracked-files=no").isEmpty();
    return hash.isEmpty() || !changed ? hash : hash + "+";
  }

  private static String git(Path home, String... arguments) {
    String[] command = new String[arguments.length + 3];
    command[0] = "git";
    command[1] = "-C";
    command[2] = home.toString();
    System.arraycopy(arguments, 0, command, 3, arguments.length);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0 ? text.strip() : "";
    } catch (IOException e) {
      return ""; // no git on this machine
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return "";
    }
  }
}
