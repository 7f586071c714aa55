package io.hakmem.benchmarks.model;

import io.hakmem.AllocatorStatistics;
import io.hakmem.AllocatorStatistics.OfClass;
import io.hakmem.AllocatorStatistics.OfThread;
import io.hakmem.Hakmem;
import io.hakmem.config.SizeClasses;
import io.hakmem.thread.ClassCounters;
import java.util.ArrayList;
import java.util.List;

/** The numbers of an allocator at one quiet point, to be compared with those of a later one. */
final class Books {

  private final Api api;
  private final AllocatorStatistics before;

  /** Of the size classes; only the allocator of the process shows them. */
  private final List<ClassCounters> countersBefore;

  private Books(Api api) {
    this.api = api;
    this.before = api.statistics();
    this.countersBefore = counters(api);
  }

  static Books open(Api api) {
    return new Books(api);
  }

  private static List<ClassCounters> counters(Api api) {
    List<ClassCounters> counters = new ArrayList<>();
    if (api instanceof Api.OfProcess) {
      for (int sizeClass = 0; sizeClass < SizeClasses.COUNT; sizeClass++) {
        counters.add(Hakmem.counters(sizeClass));
      }
    }
    return counters;
  }

  /** Holds what happened since then against the model, which has freed everything. */
  void reconcile(Tally tally, Findings findings) {
    AllocatorStatistics now = api.statistics();
    findings.expect("bytes in use", before.inUse(), now.inUse());
    findings.expect("large blocks", before.largeBlocks(), now.largeBlocks());
    for (int c = 0; c < SizeClasses.COUNT; c++) {
      OfClass then = before.classes().get(c);
      OfClass since = now.classes().get(c);
      String name = "C" + c + " ";
      findings.expect(
          name + "allocations", tally.allocations(c), since.allocations() - then.allocations());
      findings.expect(name + "frees", tally.frees(c), since.frees() - then.frees());
      findings.expect(name + "blocks in use", then.inUse(), since.inUse());
    }
    reconcileFallbacks(tally, now, findings);
    long ofThreads = now.threads().stream().mapToLong(OfThread::cached).sum();
    findings.expect("bytes cached by threads", ofThreads, now.threadCached());
    findings.expectAtMost("in use + cached", now.inUse() + now.cached(), now.committed());
    findings.expectAtMost("committed", now.committed(), now.reserved());
  }

  /** hits + fallbacks = operations; cached = refilled + pushes - pops - spilled, never below 0. */
  private void reconcileFallbacks(Tally tally, AllocatorStatistics now, Findings findings) {
    List<ClassCounters> counters = counters(api);
    for (int c = 0; c < counters.size(); c++) {
      ClassCounters then = countersBefore.get(c);
      ClassCounters since = counters.get(c);
      String name = "C" + c + " ";
      findings.expect(
          name + "allocate hits + refills",
          tally.allocations(c),
          since.allocateHits() - then.allocateHits() + since.refills() - then.refills());
      findings.expect(
          name + "free hits + rejections",
          tally.frees(c),
          since.freeHits() - then.freeHits() + since.rejections() - then.rejections());
      findings.expectAtMost(name + "nothing", 0, since.cached());
      findings.expect(
          name + "cached",
          since.refilled() + since.pushes() - since.pops() - since.spilled(),
          now.classes().get(c).cached());
    }
  }
}
