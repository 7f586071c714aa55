package io.hakmem.benchmarks.model;

import io.hakmem.Allocator;
import io.hakmem.config.AllocatorOptions;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Random calls of the whole API from many threads, platform and virtual, against a model: every
 * block has a content that is verified when it goes, blocks wander from thread to thread, and at
 * the end the allocator's counters agree exactly with what the model counted.
 *
 * <p>Seven of eight calls go to the allocator of the process, the others to one of its own.
 */
public final class RandomModel {

  private static final long LIVE_BYTES = 240L << 20;
  private static final int EXCHANGE_SLOTS = 256;

  private final Findings findings;
  private final List<Api> apis;
  private final AtomicReferenceArray<@Nullable Holding> exchange =
      new AtomicReferenceArray<>(EXCHANGE_SLOTS);
  private final List<Worker> workers = new ArrayList<>();

  RandomModel(List<Api> apis, Findings findings) {
    this.apis = apis;
    this.findings = findings;
  }

  /** Returns 0 if all agrees, else 1; nobody else uses the allocator of the process meanwhile. */
  public static int run(long operations, int threads, long seed, PrintStream out)
      throws InterruptedException {
    Findings findings = new Findings();
    try (Allocator allocator = new Allocator(AllocatorOptions.fromSystem())) {
      List<Api> apis = List.of(new Api.OfProcess(), new Api.OfInstance(allocator));
      List<Books> books = new ArrayList<>();
      apis.forEach(api -> books.add(Books.open(api)));
      RandomModel model = new RandomModel(apis, findings);
      model.work(operations, threads, seed);
      for (int owner = 0; owner < books.size() && findings.count() == 0; owner++) {
        books.get(owner).reconcile(model.tally(owner), findings);
      }
    }
    return report(operations, seed, findings, out);
  }

  private static int report(long operations, long seed, Findings findings, PrintStream out) {
    if (findings.count() == 0) {
      out.println(operations + " operations, 0 mismatches, counters reconcile");
      return 0;
    }
    out.println(findings.count() + " mismatches with seed " + seed);
    out.println("first: " + findings.first());
    return 1;
  }

  /** Runs all threads to their end and frees what is left between them. */
  void work(long operations, int threads, long seed) throws InterruptedException {
    SplittableRandom random = new SplittableRandom(seed);
    int count = 2 * threads;
    List<Thread> started = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      long share = operations / count + (i < operations % count ? 1 : 0);
      Worker worker =
          new Worker(share, LIVE_BYTES / count, random.split(), apis, exchange, findings);
      workers.add(worker);
      String name = "model-" + i;
      started.add(
          i % 2 == 0
              ? Thread.ofPlatform().name(name).start(worker)
              : Thread.ofVirtual().name(name).start(worker));
    }
    for (Thread thread : started) {
      thread.join();
    }
    Worker last = new Worker(0, 0, random.split(), apis, exchange, findings);
    workers.add(last);
    for (int slot = 0; slot < EXCHANGE_SLOTS; slot++) {
      Holding left = exchange.getAndSet(slot, null);
      if (left != null) {
        last.free(left);
      }
    }
  }

  /** What all threads counted for an allocator. */
  Tally tally(int owner) {
    Tally sum = new Tally();
    workers.forEach(worker -> sum.add(worker.tally(owner)));
    return sum;
  }
}
