package io.hakmem.analysis.verdict;

import java.util.List;
import java.util.Map;

/** What to look at when a layer is the hot path, and which recording would settle it. */
final class NextSteps {

  private static final Step UNKNOWN =
      new Step("the methods and lines of the layer", "a longer recording with the same profile");

  private static final Map<String, Step> STEPS =
      Map.ofEntries(
          Map.entry(
              "application",
              new Step(
                  "the application packages and methods below: the allocator is not what to change",
                  "--profile hotpath of the same run; look at jdk.CPUTimeSample by top frame")),
          Map.entry(
              "allocate fast",
              new Step(
                  "how often the program allocates: reuse blocks, or Hakmem.threadCache() in loops",
                  "the same run with a handle from ThreadCache instead of Hakmem.allocate")),
          Map.entry(
              "allocate slow",
              new Step(
                  "refills: bursts that only allocate; option hakmem.thread.cache,"
                      + " CacheSlow.refill, Slab carving",
                  "the same run with hakmem.thread.cache doubled, then 'hakmem compare'")),
          Map.entry(
              "free fast",
              new Step(
                  "how often the program frees, and whether the push is inlined ('hakmem doctor')",
                  "--push direct and --push guarded of the same run, then 'hakmem compare'")),
          Map.entry(
              "free checks",
              new Step(
                  "the push path: direct or guarded instead of checked ones, push=direct",
                  "--push direct of the same run, then 'hakmem compare'")),
          Map.entry(
              "spill",
              new Step(
                  "capacity rejections by class; option hakmem.thread.cache; a thread that frees"
                      + " what others allocate",
                  "the same run with hakmem.thread.cache doubled, then 'hakmem compare'")),
          Map.entry(
              "central lock",
              new Step(
                  "threads that share a class's central list: hand over fewer blocks between"
                      + " threads, larger hakmem.thread.cache",
                  "the same run with one thread, and with hakmem.thread.cache doubled")),
          Map.entry(
              "registry",
              new Step(
                  "look-ups of addresses: aligned, large or checked frees",
                  "--push direct of the same run, then 'hakmem compare'")),
          Map.entry(
              "zeroing",
              new Step(
                  "allocateZeroed and arenas, which zero every block: allocate instead where the"
                      + " program writes all of it",
                  "the same run with allocate instead of allocateZeroed, then 'hakmem compare'")),
          Map.entry(
              "copying",
              new Step(
                  "reallocate, which copies a block that has to move: ask for the final size at once,"
                      + " or grow by larger steps",
                  "the same run with larger first sizes, then 'hakmem compare'")),
          Map.entry(
              "OS",
              new Step(
                  "SegmentReserve and SegmentRelease: option hakmem.decay (-1 keeps memory), large"
                      + " blocks that come and go, first touch of fresh pages",
                  "the same run with hakmem.decay=-1, then 'hakmem compare'")),
          Map.entry(
              "instrumentation",
              new Step(
                  "the recording itself: slow-path-events=limited, a longer fast-path-interval",
                  "--profile production of the same run, then 'hakmem compare'")),
          Map.entry(
              "JVM",
              new Step(
                  "stacks of JDK code only: start-up, class loading, samples without a stack",
                  "a longer run of steady work")),
          Map.entry(
              "GC",
              new Step(
                  "who allocates on the Java heap; -Xmx, the collector",
                  "the same run with a larger -Xmx; 'jfr view allocation-by-site' on a default"
                      + " recording")),
          Map.entry(
              "JIT",
              new Step(
                  "code that never stops being compiled: classes made at run time, deoptimization",
                  "a longer run; jdk.Compilation by method, jdk.Deoptimization by reason")));

  private NextSteps() {}

  /**
   * For one layer.
   *
   * @param look option or code
   * @param settle the recording that would settle it
   */
  record Step(String look, String settle) {}

  static Step of(String layer) {
    return STEPS.getOrDefault(layer, UNKNOWN);
  }

  static List<String> known() {
    return List.copyOf(STEPS.keySet());
  }
}
