package io.hakmem.agent;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A JVM that answers each line of its input with a line, until the input ends. */
final class RunningApplication implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final Writer questions;
  private final Path err;

  /**
   * Starts it.
   *
   * @param folder for its stderr
   * @param flags of the JVM, the class path among them
   */
  RunningApplication(Path folder, List<String> flags, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = ChildJvm.java(flags.toArray(new String[0]));
    command.add(main.getName());
    command.addAll(List.of(arguments));
    err = Files.createTempFile(folder, "application", ".err");
    process = new ProcessBuilder(command).redirectError(err.toFile()).start();
    answers = process.inputReader();
    questions = process.outputWriter();
  }

  /** With allocator and test classes on the class path. */
  static RunningApplication start(Path folder, Class<?> main, String... flags) throws IOException {
    List<String> all = new ArrayList<>(List.of(flags));
    all.add("-cp");
    all.add(ChildJvm.classPath(ChildJvm.allocatorJar(), ChildJvm.testClasses()));
    return new RunningApplication(folder, all, main);
  }

  long pid() {
    return process.pid();
  }

  String ask(String question) throws IOException {
    questions.write(question + "\n");
    questions.flush();
    return answer();
  }

  String answer() throws IOException {
    return String.valueOf(answers.readLine());
  }

  /** Loads the agent as an operator does with {@code jcmd}. */
  void load(String arguments) throws Exception {
    load(ChildJvm.agentJar(), arguments);
  }

  /** Loads any agent. */
  void load(Path jar, String arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ChildJvm.tool("jcmd"));
    command.add(String.valueOf(process.pid()));
    // In quotes of jcmd's own: it takes a bare push=direct for an option of its command.
    String quoted = "\"" + arguments + "\"";
    command.addAll(List.of("JVMTI.agent_load", jar.toString(), quoted));
    ChildJvm.Result result = ChildJvm.run(command);
    if (result.exit() != 0) {
      throw new AssertionError(result.out() + result.err());
    }
  }

  /** Ends the application, whose exit code must be 0; returns the lines on its stderr. */
  List<String> end() throws Exception {
    questions.close();
    if (!process.waitFor(60, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError("it did not end, or not well: " + Files.readString(err));
    }
    return Files.readAllLines(err);
  }

  @Override
  public void close() {
    process.destroyForcibly();
    try {
      answers.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
