package io.hakmem.analysis.trial;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Runs child processes one at a time, each with a limit of time. {@link #stop} may be called from
 * any thread, once and for all: it ends the child that runs and lets no other start.
 */
public final class ChildJvm {

  /** Exit code of a child that was stopped because it did not end. */
  static final int STOPPED = -1;

  private static final int TAIL_BYTES = 8192;

  /** For a JVM to end by itself: killed at once it would leave Flight Recorder's chunks behind. */
  private static final long GRACE_MILLIS = 3_000;

  // Flags from the environment would make the runs of two shells differ.
  private static final List<String> REMOVED_VARIABLES =
      List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

  private @Nullable Process running;
  private @Nullable Path unfinished;
  private boolean stopped;

  /**
   * What a child did.
   *
   * @param exitCode {@link #STOPPED} after a timeout
   * @param seconds wall time
   * @param output the last 8 KB of its stdout
   * @param errors the last 8 KB of its stderr
   */
  public record Ended(
      int exitCode, boolean timedOut, double seconds, String output, String errors) {}

  /**
   * Runs a child to its end.
   *
   * @throws IOException if it could not be started, or {@link #stop} was called
   */
  public Ended run(List<String> command, Path stdout, Path stderr, Duration timeout)
      throws IOException, InterruptedException {
    return run(command, stdout, stderr, timeout, null);
  }

  /**
   * As the other; {@link #stop} deletes the result of a child that it ends.
   *
   * @param result a file that the child writes; null for none
   */
  Ended run(List<String> command, Path stdout, Path stderr, Duration timeout, @Nullable Path result)
      throws IOException, InterruptedException {
    long start = System.nanoTime();
    Process process = start(command, stdout, stderr, result);
    boolean ended = false;
    try {
      ended = process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      if (!ended) {
        kill(process);
      }
      forget();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Ended(
        ended ? process.exitValue() : STOPPED, !ended, seconds, tail(stdout), tail(stderr));
  }

  /**
   * Ends the child that runs, if any, and waits for that; later {@link #run}s fail. Nothing half
   * done is left.
   */
  public synchronized void stop() {
    stopped = true;
    if (running == null) {
      return;
    }
    kill(running);
    Path result = unfinished;
    if (result != null) {
      try {
        Files.deleteIfExists(result);
      } catch (IOException e) {
        System.err.println("hakmem: cannot delete the unfinished " + result + ": " + e);
      }
    }
  }

  private synchronized Process start(
      List<String> command, Path stdout, Path stderr, @Nullable Path result) throws IOException {
    if (stopped) {
      throw new IOException("the trial was stopped");
    }
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(stdout.toFile())
            .redirectError(stderr.toFile())
            .redirectInput(ProcessBuilder.Redirect.PIPE);
    REMOVED_VARIABLES.forEach(builder.environment()::remove);
    Process process = builder.start();
    process.getOutputStream().close();
    running = process;
    unfinished = result;
    return process;
  }

  private synchronized void forget() {
    running = null;
  }

  private static void kill(Process process) {
    List<ProcessHandle> descendants = process.descendants().toList();
    process.destroy();
    try {
      if (!process.waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor(GRACE_MILLIS, TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
    descendants.forEach(ProcessHandle::destroyForcibly);
  }

  private static String tail(Path file) throws IOException {
    try (RandomAccessFile input = new RandomAccessFile(file.toFile(), "r")) {
      int length = (int) Math.min(TAIL_BYTES, input.length());
      byte[] bytes = new byte[length];
      input.seek(input.length() - length);
      input.readFully(bytes);
      return new String(bytes, StandardCharsets.UTF_8);
    }
  }
}
