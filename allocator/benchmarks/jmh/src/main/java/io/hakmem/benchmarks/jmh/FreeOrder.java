package io.hakmem.benchmarks.jmh;

import io.hakmem.Hakmem;
import io.hakmem.ThreadCache;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** 64 blocks allocated, then freed in some order; figures are of a pair. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@OperationsPerInvocation(FreeOrder.BLOCKS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FreeOrder {

  static final int BLOCKS = 64;
  private static final int SEED = 42;

  /** Which block is freed next. */
  public enum Order {
    LIFO,
    FIFO,
    RANDOM
  }

  @Param private Order order = Order.LIFO;

  @Param({"64", "512"})
  private long size;

  private final ThreadCache cache = Hakmem.threadCache();
  private final long[] blocks = new long[BLOCKS];
  private final int[] next = new int[BLOCKS];

  /** Writes down the order, so that all of them read it from a table. */
  @Setup
  public void chooseOrder() {
    for (int i = 0; i < BLOCKS; i++) {
      next[i] = order == Order.LIFO ? BLOCKS - 1 - i : i;
    }
    if (order == Order.RANDOM) {
      Random random = new Random(SEED);
      for (int i = BLOCKS - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int kept = next[i];
        next[i] = next[other];
        next[other] = kept;
      }
    }
  }

  /** By the handle. */
  @Benchmark
  public void handle() {
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = cache.allocate(size);
    }
    for (int i = 0; i < BLOCKS; i++) {
      cache.free(blocks[next[i]]);
    }
  }

  /** By the static methods. */
  @Benchmark
  public void statics() {
    for (int i = 0; i < BLOCKS; i++) {
      blocks[i] = Hakmem.allocate(size);
    }
    for (int i = 0; i < BLOCKS; i++) {
      Hakmem.free(blocks[next[i]]);
    }
  }
}
