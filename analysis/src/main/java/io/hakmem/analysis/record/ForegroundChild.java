package io.hakmem.analysis.record;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A child that has this JVM's stdin, stdout and stderr. A signal that ends this JVM ends the child
 * instead: it gets a TERM, and this JVM waits for it and for what there is to say about it.
 *
 * <p>Used by one thread; the signal comes on another.
 */
final class ForegroundChild implements AutoCloseable {

  private static final int OWN_FAULT = 70;

  private final CompletableFuture<Integer> answer = new CompletableFuture<>();
  private final Thread hook = new Thread(this::signalled, "forward-signal");
  private @Nullable Process process;
  private boolean stopped;

  /**
   * Runs the command until it ends.
   *
   * @return its exit code; 128 and the signal's number after a signal
   * @throws IOException if it could not be started
   */
  int run(List<String> command) throws IOException, InterruptedException {
    return start(command).waitFor();
  }

  /** The exit code of this JVM, should a signal have come. */
  void answer(int exitCode) {
    answer.complete(exitCode);
  }

  @Override
  public void close() {
    answer.complete(OWN_FAULT);
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is going down and the hook is what runs now.
    }
  }

  private synchronized Process start(List<String> command) throws IOException {
    try {
      // Before the start: no moment in which a signal leaves the child behind.
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      stopped = true;
    }
    if (stopped) {
      throw new IOException("stopped before the start");
    }
    Process started = new ProcessBuilder(command).inheritIO().start();
    process = started;
    return started;
  }

  /** In the shutdown; after a signal the JVM's own exit code would be the signal's. */
  private void signalled() {
    if (terminate()) {
      Runtime.getRuntime().halt(answer.join());
    }
  }

  private synchronized boolean terminate() {
    stopped = true;
    if (process == null) {
      return false;
    }
    process.destroy();
    return true;
  }
}
