package io.hakmem.benchmarks.jmh;

import io.hakmem.Hakmem;
import io.hakmem.ThreadCache;
import io.hakmem.config.SizeClasses;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One allocate and one free of a size class, by handle and by the static methods. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class PairsPerClass {

  @Param({
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "16",
    "17", "18", "19", "20", "21", "22", "23", "24", "25", "26", "27", "28", "29", "30", "31"
  })
  private int sizeClass;

  private final ThreadCache cache = Hakmem.threadCache();
  private long size;

  /** The largest size of the class. */
  @Setup
  public void chooseSize() {
    size = SizeClasses.usableBytes(sizeClass);
  }

  /** By the handle. */
  @Benchmark
  public long handle() {
    long block = cache.allocate(size);
    cache.free(block);
    return block;
  }

  /** By the static methods. */
  @Benchmark
  public long statics() {
    long block = Hakmem.allocate(size);
    Hakmem.free(block);
    return block;
  }
}
