package io.hakmem.analysis.cli;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * {@code hakmem options}: the allocator's options with the values that they have here.
 *
 * <p>The allocator itself prints them, in a JVM of its own: only there do its system properties and
 * environment variables mean what they mean in a program that uses it.
 */
@Command(
    name = "options",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Prints every option of the allocator with its default and its value, and the size classes.",
      "Values come from HAKMEM_… of the environment, and from --set, which a program gets as -D."
    })
final class OptionsCommand implements Callable<Integer> {

  private static final String PREFIX = "hakmem.";

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description = "As -DNAME=VALUE of a JVM, for example hakmem.limit=2g; may be repeated.")
  private Map<String, String> values = new LinkedHashMap<>();

  @Spec private CommandSpec spec = CommandSpec.create();

  private final Path home;

  /** Of the checkout that {@code hakmem.home} names, else the current folder. */
  OptionsCommand() {
    this(Path.of(System.getProperty("hakmem.home", "")));
  }

  OptionsCommand(Path home) {
    this.home = home.toAbsolutePath().normalize();
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Path allocator = home.resolve("allocator/target/hakmem-allocator.jar");
    if (!Files.isReadable(allocator)) {
      err.println("hakmem: missing " + allocator + "; build with 'mvn package' in " + home);
      return Main.UNREADABLE;
    }
    List<String> command = new ArrayList<>(List.of(java()));
    values.forEach((name, value) -> command.add("-D" + qualified(name) + "=" + value));
    command.addAll(List.of("-cp", allocator.toString(), "io.hakmem.Options"));
    return run(command);
  }

  private static String java() {
    String name = File.separatorChar == '\\' ? "java.exe" : "java";
    return Path.of(System.getProperty("java.home", ""), "bin", name).toString();
  }

  /** Other properties would be silently without effect, or change the JVM. */
  private String qualified(String name) {
    if (!name.startsWith(PREFIX)) {
      throw new ParameterException(
          spec.commandLine(), "--set " + name + ": expected a name that starts with " + PREFIX);
    }
    return name;
  }

  private int run(List<String> command) throws IOException, InterruptedException {
    Path errors = Files.createTempFile("hakmem-options", ".txt");
    try {
      Process process = new ProcessBuilder(command).redirectError(errors.toFile()).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int code = process.waitFor();
      spec.commandLine().getOut().print(output);
      spec.commandLine().getOut().flush();
      for (String line : Files.readAllLines(errors)) {
        spec.commandLine().getErr().println("hakmem: " + line);
      }
      return code == Main.OK ? checkNames(output) : code;
    } finally {
      Files.delete(errors);
    }
  }

  /** The allocator ignores properties that it does not know; here they are a mistake. */
  private int checkNames(String table) {
    for (String name : values.keySet()) {
      if (table.lines().noneMatch(line -> line.startsWith(name + " "))) {
        spec.commandLine().getErr().println("hakmem: " + name + " is no option of the allocator");
        return Main.USAGE;
      }
    }
    return Main.OK;
  }
}
