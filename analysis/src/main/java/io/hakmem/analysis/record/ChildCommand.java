package io.hakmem.analysis.record;

import io.hakmem.analysis.trial.Checkout;
import io.hakmem.analysis.trial.JavaWords;
import io.hakmem.analysis.trial.PushPath;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The command line of the recorded JVM, made from what the user wants to run. */
final class ChildCommand {

  private static final int OLDEST = 25;

  private final Checkout checkout;
  private final List<String> words;

  /**
   * @param words a workload with its arguments, or a java command
   * @throws IllegalArgumentException if they are neither, or record themselves
   */
  ChildCommand(Checkout checkout, List<String> words) {
    this.checkout = checkout;
    this.words = List.copyOf(words);
    if (isJava()) {
      JavaWords java = new JavaWords(words);
      java.refuseSecondRecording(", and give its settings with --profile, its file with -o");
      requireVersion(java);
    } else if (!words.get(0).matches("[a-z][a-z0-9-]*")) {
      throw new IllegalArgumentException(
          "expected the name of a workload or a java command: '" + words.get(0) + "'");
    }
  }

  private static void requireVersion(JavaWords java) {
    if (java.isBare()) {
      return;
    }
    int version = java.version().orElse(OLDEST);
    if (version < OLDEST) {
      throw new IllegalArgumentException(
          "%s is of JDK %d; the allocator and its agent need %d or later"
              .formatted(java.words().getFirst(), version, OLDEST));
    }
  }

  /** How a report names it. */
  String name() {
    return words.get(0);
  }

  /** The files of the checkout that it needs and that cannot be read. */
  List<Path> missing(@Nullable PushPath push) {
    List<Path> needed = new ArrayList<>();
    if (push != null) {
      needed.add(checkout.agent());
    }
    if (!isJava()) {
      needed.add(checkout.allocator());
      needed.add(checkout.benchmarks());
    }
    return Checkout.unreadable(needed.toArray(new Path[0]));
  }

  /** Ours come first, so that the user's flags, which the JVM reads later, win. */
  List<String> words(@Nullable PushPath push, List<String> recordingFlags) {
    List<String> command = new ArrayList<>();
    boolean bare = !isJava() || words.get(0).equals("java");
    command.add(bare ? Checkout.java().toString() : words.get(0));
    command.add("--enable-native-access=ALL-UNNAMED");
    // JFR greets on stdout, which is the program's own.
    command.add("-Xlog:jfr+startup=error");
    if (push != null) {
      command.add(checkout.agentFlag(push));
    }
    command.addAll(recordingFlags);
    if (isJava()) {
      command.addAll(words.subList(1, words.size()));
    } else {
      command.addAll(List.of("-cp", checkout.classPath(), Checkout.workloadMain()));
      command.addAll(words);
    }
    return List.copyOf(command);
  }

  private boolean isJava() {
    return new JavaWords(words).isJava();
  }
}
