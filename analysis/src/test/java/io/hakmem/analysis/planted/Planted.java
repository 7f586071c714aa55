package io.hakmem.analysis.planted;

import io.hakmem.analysis.trial.Checkout;
import io.hakmem.analysis.trial.PushPath;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Records {@link Bottlenecks} in a JVM of its own, with the built jars and the hotpath profile. */
public final class Planted {

  private static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
  private static final Checkout CHECKOUT = new Checkout(MODULE.resolve(".."));

  private final Path recording;
  private PushPath push = PushPath.DIRECT;
  private String recordingOptions = ",maxsize=2g";
  private boolean debugNonSafepoints = true;
  private boolean recorded = true;
  private final List<String> flags = new ArrayList<>();

  /** Of a recording that goes to the file. */
  public Planted(Path recording) {
    this.recording = recording;
  }

  public Planted push(PushPath path) {
    push = path;
    return this;
  }

  /** Flags of the JVM, after all others. */
  public Planted flags(String... more) {
    flags.addAll(List.of(more));
    return this;
  }

  /** Options of the recording, as {@code fast-path-interval=1}, beside a large maxsize. */
  public Planted recordingOptions(String options) {
    recordingOptions += "," + options;
    return this;
  }

  public Planted withoutDebugNonSafepoints() {
    debugNonSafepoints = false;
    return this;
  }

  /** To see what the recording costs. */
  public Planted withoutRecording() {
    recorded = false;
    return this;
  }

  /** Runs the program for so many seconds of its threads' CPU time; gives what it printed. */
  public String run(String program, double cpuSeconds) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Checkout.java().toString());
    command.add("--enable-native-access=ALL-UNNAMED");
    command.add("-Xlog:jfr+startup=error");
    command.add(CHECKOUT.agentFlag(push));
    command.add("-XX:+UnlockDiagnosticVMOptions");
    if (debugNonSafepoints) {
      command.add("-XX:+DebugNonSafepoints");
    }
    if (recorded) {
      command.add(
          "-XX:StartFlightRecording:settings="
              + CHECKOUT.profile("hotpath")
              + ",filename="
              + recording
              + recordingOptions);
    }
    command.addAll(flags);
    command.add("-cp");
    command.add(CHECKOUT.allocator() + ":" + MODULE.resolve("target/test-classes"));
    command.add(Bottlenecks.class.getName());
    command.add(program);
    command.add(String.valueOf(cpuSeconds));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!process.waitFor(300, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IllegalStateException("the planted program failed: " + output);
    }
    return output;
  }
}
