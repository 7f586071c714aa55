package io.hakmem.analysis.live;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits for a JVM's answers, but not for ever: the Attach API has no limit of its own once a
 * connection stands, and a JVM that is stopped accepts connections.
 */
record Answers(long pid, Duration patience) {

  /**
   * Asks on a thread of its own, which is left behind if no answer comes.
   *
   * @throws TargetException if none came in time
   * @throws Exception of the question itself
   */
  <T> T within(Callable<T> question) throws Exception {
    FutureTask<T> answer = new FutureTask<>(question);
    Thread.ofPlatform().daemon().name("attach-" + pid).start(answer);
    try {
      return answer.get(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new TargetException(
          ("process %d has not answered within %d s; is it stopped, or very busy? (--timeout waits"
                  + " longer)")
              .formatted(pid, patience.toSeconds()));
    } catch (ExecutionException e) {
      if (e.getCause() instanceof Exception) {
        throw (Exception) e.getCause();
      }
      throw e;
    }
  }
}
