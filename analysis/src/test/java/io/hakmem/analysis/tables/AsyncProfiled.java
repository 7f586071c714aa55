package io.hakmem.analysis.tables;

import io.hakmem.analysis.events.Recorded;
import one.profiler.AsyncProfiler;

/** A program that profiles itself: {@code AsyncProfiled FILE}. */
final class AsyncProfiled {

  /** The exit code where async-profiler has no library for the system. */
  static final int UNSUPPORTED = 77;

  private AsyncProfiled() {}

  public static void main(String[] arguments) throws Exception {
    AsyncProfiler profiler;
    try {
      profiler = AsyncProfiler.getInstance();
    } catch (IllegalStateException | UnsatisfiedLinkError e) {
      System.exit(UNSUPPORTED);
      return;
    }
    profiler.execute("start,event=ctimer,interval=1ms,alloc=64k,jfr,file=" + arguments[0]);
    Recorded.burn(500);
    profiler.execute("stop");
  }
}
