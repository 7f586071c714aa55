package io.hakmem.misuse;

import io.hakmem.Hakmem;
import io.hakmem.InvalidFreeException;
import io.hakmem.memory.RawMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Programs that swap the path while they run; each prints a line when it is through. */
public final class LiveSwaps {

  private static final long[] SIZES = {16, 100, 1_000, 5_000, 40_000, 500_000, 3_000_000};

  private LiveSwaps() {}

  /** Blocks with their contents, some of them freed under each path. */
  private static final class Blocks {
    private final SplittableRandom random;
    private final List<long[]> all = new ArrayList<>();

    Blocks(long seed) {
      random = new SplittableRandom(seed);
    }

    void churn(int operations) {
      for (int i = 0; i < operations; i++) {
        if (all.size() > 200 || (random.nextBoolean() && !all.isEmpty())) {
          freeOne();
        } else {
          allocateOne();
        }
      }
    }

    private void allocateOne() {
      int size = random.nextInt(random.nextInt(200) == 0 ? 200_000 : 2_000);
      boolean aligned = random.nextInt(10) == 0;
      long block = aligned ? Hakmem.allocateAligned(size, 256) : Hakmem.allocate(size);
      RawMemory.fill(block, size, (byte) size);
      all.add(new long[] {block, size});
    }

    private void freeOne() {
      long[] block = all.remove(random.nextInt(all.size()));
      for (int at = 0; at < block[1]; at += 37) {
        if (RawMemory.getByte(block[0] + at) != (byte) block[1]) {
          throw new AssertionError("contents");
        }
      }
      if (random.nextBoolean()) {
        Hakmem.free(block[0]);
      } else {
        Hakmem.free(block[0], block[1]);
      }
    }

    void freeAll() {
      while (!all.isEmpty()) {
        freeOne();
      }
    }
  }

  /** No false alarm, whoever allocated and freed what; a real double free at the end is caught. */
  private static void quietly() throws Exception {
    Blocks blocks = new Blocks(1);
    List<Long> kept = new ArrayList<>();
    for (String path : List.of("direct", "checked", "direct", "checked", "guarded", "checked")) {
      SwapAgent.swap(path);
      blocks.churn(20_000);
      Hakmem.flushThreadCache();
      blocks.churn(5_000);
      Hakmem.trim();
      blocks.churn(5_000);
      for (long size : SIZES) {
        kept.add(Hakmem.allocate(size));
        kept.add(Hakmem.allocateAligned(size, 512));
      }
    }
    kept.forEach(Hakmem::free);
    blocks.freeAll();
    for (long size : SIZES) {
      long block = Hakmem.allocate(size);
      Hakmem.free(block);
      expect("doubleFree", () -> Hakmem.free(block));
    }
  }

  /** The same while other threads are at work. */
  private static void underLoad() throws Exception {
    List<Thread> threads = new ArrayList<>();
    List<Throwable> thrown = new ArrayList<>();
    boolean[] done = {false};
    for (int i = 0; i < 3; i++) {
      int seed = i;
      threads.add(
          Thread.ofPlatform()
              .start(
                  () -> {
                    try {
                      Blocks blocks = new Blocks(seed);
                      while (!isDone(done)) {
                        blocks.churn(1_000);
                      }
                      blocks.freeAll();
                    } catch (Throwable e) {
                      synchronized (thrown) {
                        thrown.add(e);
                      }
                    }
                  }));
    }
    for (int i = 0; i < 10; i++) {
      SwapAgent.swap(i % 2 == 0 ? "direct" : "checked");
      Thread.sleep(20);
    }
    synchronized (done) {
      done[0] = true;
    }
    for (Thread thread : threads) {
      thread.join();
    }
    if (!thrown.isEmpty()) {
      throw new AssertionError(thrown.getFirst());
    }
    long block = Hakmem.allocate(100);
    Hakmem.free(block);
    expect("doubleFree", () -> Hakmem.free(block));
  }

  private static boolean isDone(boolean[] done) {
    synchronized (done) {
      return done[0];
    }
  }

  /** A block that was freed under direct, freed again under checked while it is on a list. */
  private static void freedBefore() throws Exception {
    SwapAgent.swap("guarded");
    long block = Hakmem.allocate(777);
    Hakmem.free(block);
    SwapAgent.swap("checked");
    expect("doubleFree", () -> Hakmem.free(block));
  }

  private static void linkOutOfRange() throws Exception {
    long[] blocks = listOfDirect(444);
    RawMemory.putLong(blocks[3], 0x1234_5678_9ABCL);
    SwapAgent.swap("checked");
    expect("listCorrupted", () -> allocateSome(444));
    allocateSome(444);
  }

  private static void linkIntoAnotherClass() throws Exception {
    long other = Hakmem.allocate(100);
    long[] blocks = listOfDirect(555);
    RawMemory.putLong(blocks[3], other - 1);
    SwapAgent.swap("checked");
    expect("listCorrupted", () -> allocateSome(555));
    Hakmem.free(other);
  }

  private static void linkMisaligned() throws Exception {
    long[] blocks = listOfDirect(1_200);
    RawMemory.putLong(blocks[3], blocks[2] + 4);
    SwapAgent.swap("checked");
    expect("listCorrupted", () -> allocateSome(1_200));
  }

  private static void cycle() throws Exception {
    long[] blocks = listOfDirect(333);
    RawMemory.putLong(blocks[2], blocks[4] - 1);
    SwapAgent.swap("checked");
    expect("listCorrupted", () -> allocateSome(333));
    allocateSome(333);
  }

  private static void cycleInTheCentralList() throws Exception {
    long[] blocks = listOfDirect(2_000);
    RawMemory.putLong(blocks[2], blocks[4] - 1);
    Hakmem.flushThreadCache();
    SwapAgent.swap("checked");
    expect("listCorrupted", () -> allocateSome(2_000));
  }

  /** Frees blocks one by one under direct: the last one freed comes up first. */
  private static long[] listOfDirect(long size) throws Exception {
    SwapAgent.swap("direct");
    long[] blocks = new long[10];
    for (int i = 0; i < blocks.length; i++) {
      blocks[i] = Hakmem.allocate(size);
    }
    for (long block : blocks) {
      Hakmem.free(block);
    }
    return blocks;
  }

  private static void allocateSome(long size) {
    for (int i = 0; i < 1_000; i++) {
      Hakmem.allocate(size);
    }
  }

  private static void expect(String kind, Runnable misuse) {
    try {
      misuse.run();
    } catch (InvalidFreeException e) {
      if (!e.kind().equals(kind)) {
        throw new AssertionError("expected " + kind, e);
      }
      return;
    }
    throw new AssertionError(kind + " was not found");
  }

  /** Runs all, whatever fails. */
  public static void main(String[] arguments) {
    run("quietly", LiveSwaps::quietly);
    run("under load", LiveSwaps::underLoad);
    run("freed before", LiveSwaps::freedBefore);
    run("link out of range", LiveSwaps::linkOutOfRange);
    run("link into another class", LiveSwaps::linkIntoAnotherClass);
    run("link misaligned", LiveSwaps::linkMisaligned);
    run("cycle", LiveSwaps::cycle);
    run("cycle in the central list", LiveSwaps::cycleInTheCentralList);
  }

  private static void run(String name, Misuses.Program program) {
    try {
      program.run();
      System.out.println("through: " + name);
    } catch (Throwable e) {
      System.out.println("failed: " + name);
      e.printStackTrace();
    }
  }
}
